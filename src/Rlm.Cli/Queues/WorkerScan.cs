using System.Text;
using System.Text.Json;
using Rlm.Cli.CommandLine;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Queues;

/// <summary>Has workers run the free beginning of a program over what they serve, and puts together what they give.</summary>
/// <param name="queue">The queue of calls.</param>
/// <param name="tell">Takes lines for people.</param>
/// <param name="time">The clock.</param>
internal sealed class WorkerScan(ICallQueue queue, Action<string> tell, TimeProvider time)
{
    private const int MostNamed = 10;

    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan MostForScan = TimeSpan.FromHours(1);
    private static readonly TimeSpan MostForForgetting = TimeSpan.FromSeconds(5);

    private readonly string _run = $"scan-{Guid.NewGuid():N}";

    // Since when a worker is not there, by its name.
    private readonly Dictionary<string, long> _absent = new(StringComparer.Ordinal);

    /// <summary>Asks all workers that serve a context.</summary>
    /// <param name="context">The context.</param>
    /// <param name="program">The program, without errors.</param>
    /// <param name="request">What workers are asked.</param>
    /// <param name="cancellationToken">Ends it.</param>
    /// <exception cref="TextException">Nobody serves it, a worker is gone, or what it has cannot be read.</exception>
    /// <exception cref="CallQueueException">The queue refuses it.</exception>
    public async Task<RlmUnion> RunAsync(WorkerContext context, RlmProgram program, ScanRequest request, CancellationToken cancellationToken)
    {
        using var changed = new SemaphoreSlim(0);
        queue.Changed += Wake;
        string folder = Directory.CreateTempSubdirectory("rlm-").FullName;
        string[] workers = [];
        try
        {
            workers = await FindAsync(context, changed, cancellationToken).ConfigureAwait(false);
            byte[] body = JsonSerializer.SerializeToUtf8Bytes(request, QueueJsonContext.Default.ScanRequest);
            QueuedCall[] calls = [.. workers.Select(worker => new QueuedCall(_run, worker, ScanRequest.PathOf(context.Served, worker), body, MostForScan))];
            await TryAsync(() => queue.PostAsync(calls, cancellationToken), cancellationToken).ConfigureAwait(false);
            await CollectAsync(calls, worker => PartOf(folder, workers, worker), changed, cancellationToken).ConfigureAwait(false);
            var union = RlmUnion.Open(program, [.. workers.Select(worker => (worker, PartOf(folder, workers, worker)))]);
            tell(Describe(context, union));
            foreach (string doubt in union.Doubts)
                tell(doubt);
            return union;
        }
        finally
        {
            queue.Changed -= Wake;
            Directory.Delete(folder, recursive: true);
            await ForgetAsync(workers).ConfigureAwait(false);
        }

        void Wake() => changed.Release();
    }

    private static string PartOf(string folder, string[] workers, string worker) => Path.Combine(folder, Invariant($"{Array.IndexOf(workers, worker)}.part"));

    /// <summary>The names of the workers that serve it, in order.</summary>
    private async Task<string[]> FindAsync(WorkerContext context, SemaphoreSlim changed, CancellationToken cancellationToken)
    {
        long began = time.GetTimestamp();
        for (int told = -1; ; await WaitAsync(changed, cancellationToken).ConfigureAwait(false))
        {
            var there = await TryAsync(() => queue.CollectAsync("", [], withStanding: false, cancellationToken), cancellationToken).ConfigureAwait(false);
            var served = ListServed(there.Slots.Where(path => path.Value > 0).Select(path => path.Key));
            string[] workers = [.. served[context.Served].Order(StringComparer.Ordinal)];
            string[] silent = context.Workers is null ? [.. ListServed(there.Silent)[context.Served].Order(StringComparer.Ordinal)] : [];
            if (workers.Length == (context.Workers ?? workers.Length) && workers.Length > 0 && silent.Length == 0)
                return workers;
            if (silent.Length > 0)
            {
                if (time.GetElapsedTime(began) > queue.Lease)
                    throw new TextException(
                        $"{NameSome(silent)}, which served `{context.Served}`, {(silent.Length == 1 ? "is" : "are")} silent: start {(silent.Length == 1 ? "it" : "them")} again, or ask for the {Amount.Of(workers.Length, "other")} with -c worker:{context.Served}:{workers.Length}");
                if (told < 0)
                    tell($"{NameSome(silent)}, which served `{context.Served}`, {(silent.Length == 1 ? "is" : "are")} silent; waiting");
                told = 0;
                continue;
            }

            if (workers.Length > (context.Workers ?? 0))
                throw new TextException($"{Amount.Of(workers.Length, "worker")} serve `{context.Served}`, and {context.Workers} {(context.Workers == 1 ? "is" : "are")} asked for: {NameSome(workers)}");
            if (context.Workers is not { } wanted)
                throw new TextException(
                    $"no worker serves `{context.Served}`: start one with `rlm worker --serve {context.Served}=PATH`{(served.Count > 0 ? $"; what is served: {NameSome([.. served.Select(each => each.Key).Order(StringComparer.Ordinal)])}" : "")}");
            if (told != workers.Length)
                tell($"{workers.Length} of {Amount.Of(wanted, "worker")} serve `{context.Served}`; waiting for the others");
            told = workers.Length;
        }
    }

    /// <summary>What is served, and by which workers.</summary>
    private static ILookup<string, string> ListServed(IEnumerable<string> paths) =>
        paths.Select(ScanRequest.TryReadPath).OfType<(string Served, string Worker)>().ToLookup(each => each.Served, each => each.Worker, StringComparer.Ordinal);

    /// <summary>Waits for the parts of all, and writes each to its file.</summary>
    private async Task CollectAsync(QueuedCall[] calls, Func<string, string> findPath, SemaphoreSlim changed, CancellationToken cancellationToken)
    {
        for (var parts = new HashSet<string>(StringComparer.Ordinal); ; await WaitAsync(changed, cancellationToken).ConfigureAwait(false))
        {
            var progress = await TryAsync(() => queue.CollectAsync(_run, parts, withStanding: true, cancellationToken), cancellationToken).ConfigureAwait(false);
            foreach (var reply in progress.Replies)
            {
                if (reply.StatusCode != 200)
                    throw new TextException($"worker `{reply.Id}`: {TellFailure(reply)}");
                await File.WriteAllBytesAsync(findPath(reply.Id), reply.Body, cancellationToken).ConfigureAwait(false);
                foreach (var (_, note) in reply.Headers.Where(header => header.Name == ScanRequest.Note))
                    tell($"{reply.Id}: {note}");
                parts.Add(reply.Id);
            }

            if (parts.Count == calls.Length)
                return;
            // Nothing is paid, so that a scan is made again without more ado.
            if (progress.Lapsed.Count > 0)
                await TryAsync(() => queue.SettleAsync(_run, progress.Lapsed, [], cancellationToken), cancellationToken).ConfigureAwait(false);
            QueuedCall[] missing = [.. calls.Where(call => !parts.Contains(call.Id))];
            foreach (var call in missing)
                RequireThere(call, progress);
            // Somebody forgot them, or the queue was brought back from a copy.
            QueuedCall[] gone = [.. missing.Where(call => !progress.Standing.Contains(call.Id))];
            if (gone.Length > 0)
                await TryAsync(() => queue.PostAsync(gone, cancellationToken), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Waits for a worker that is not there as long as one may be silent, and no longer.</summary>
    private void RequireThere(QueuedCall call, QueueProgress progress)
    {
        if (progress.Slots.ContainsKey(call.Path))
            _absent.Remove(call.Id);
        else if (!_absent.TryAdd(call.Id, time.GetTimestamp()) && time.GetElapsedTime(_absent[call.Id]) > queue.Lease)
            throw new TextException($"worker `{call.Id}` is gone, and with it what it serves: start it again, or ask without it");
    }

    private static string TellFailure(QueuedReply reply) => reply switch
    {
        { Failure: ModelFailure.Timeout } => Invariant($"it had no answer within {MostForScan.TotalMinutes:0} minutes"),
        { Body.IsEmpty: true } => "it failed, and does not say why",
        _ => Encoding.UTF8.GetString(reply.Body.Span),
    };

    private static string Describe(WorkerContext context, RlmUnion union)
    {
        string each = NameSome([.. union.Owners.Select(owner => Invariant($"{owner.Owner} {owner.Texts:N0}"))]);
        string all = Amount.Of(union.Owners.Sum(owner => owner.Texts), "text");
        return Invariant($"{context.Served} is {all}, {union.Owners.Sum(owner => owner.Bytes):N0} bytes, of {Amount.Of(union.Owners.Count, "worker")}: {each}");
    }

    private static string NameSome(string[] names) => $"{string.Join(", ", names.Take(MostNamed))}{(names.Length > MostNamed ? ", …" : "")}";

    private async Task ForgetAsync(string[] workers)
    {
        try
        {
            using var limit = new CancellationTokenSource(MostForForgetting, time);
            await TryAsync(() => queue.SettleAsync(_run, [], workers, limit.Token), limit.Token).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is CallQueueException or OperationCanceledException)
        {
            // `rlm workers forget` removes what is left.
        }
    }

    private static async Task WaitAsync(SemaphoreSlim changed, CancellationToken cancellationToken)
    {
        await changed.WaitAsync(Poll, cancellationToken).ConfigureAwait(false);
        // One look is enough for all that has changed.
        while (changed.Wait(0, cancellationToken))
        {
        }
    }

    private Task<bool> TryAsync(Func<Task> act, CancellationToken cancellationToken) => TryAsync(
        async () =>
        {
            await act().ConfigureAwait(false);
            return true;
        },
        cancellationToken);

    /// <summary>Does it as often as it takes until the queue answers. Workers could not say that they are there either while it was away.</summary>
    private async Task<T> TryAsync<T>(Func<Task<T>> act, CancellationToken cancellationToken)
    {
        for (bool isAway = false; ; isAway = true)
        {
            try
            {
                var result = await act().ConfigureAwait(false);
                if (isAway)
                    tell("the queue of calls answers again");
                return result;
            }
            catch (CallQueueException exception) when (exception.IsTransient)
            {
                if (!isAway)
                    tell($"{exception.Message}; trying again");
                _absent.Clear();
                await Task.Delay(Pause, time, cancellationToken).ConfigureAwait(false);
            }
        }
    }
}
