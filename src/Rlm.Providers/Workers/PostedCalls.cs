using System.IO.Hashing;
using System.Text;

namespace Rlm.Providers.Workers;

/// <summary>
/// A run's calls between its side and the queue: which are to be posted, which wait, which replies it has, and what is to be settled. Every
/// member may be called by many threads.
/// </summary>
/// <param name="run">The run.</param>
internal sealed class PostedCalls(string run)
{
    /// <summary>Calls in the queue for each that the workers make at a time, so that none of them waits for the run.</summary>
    private const double Ahead = 1.25;

    private const int MostTogether = 256;

    private readonly Lock _lock = new();
    private readonly Dictionary<string, PendingCall> _pending = new(StringComparer.Ordinal);
    private readonly Dictionary<string, QueuedReply> _early = new(StringComparer.Ordinal);
    private readonly Dictionary<string, Queue<string>> _standing = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _numbers = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> _inQueue = new(StringComparer.Ordinal);
    private readonly LinkedList<PendingCall> _unposted = [];
    private readonly HashSet<string> _held = new(StringComparer.Ordinal);
    private readonly HashSet<string> _again = new(StringComparer.Ordinal);
    private readonly HashSet<string> _forgotten = new(StringComparer.Ordinal);
    private IReadOnlyDictionary<string, int> _slots = new Dictionary<string, int>();
    private List<PendingCall> _posting = [];

    /// <summary>Takes what stands in the queue of an earlier process of the same run.</summary>
    public void Adopt(QueueProgress progress)
    {
        lock (_lock)
        {
            foreach (string id in progress.Standing.Order(StringComparer.Ordinal))
                AddStanding(id);
        }
    }

    /// <summary>Adds a call, or finds it among those that stand in the queue already.</summary>
    public PendingCall Add(string path, ReadOnlyMemory<byte> body, TimeSpan timeLimit)
    {
        string hash = HashOf(path, body.Span);
        lock (_lock)
        {
            if (_standing.TryGetValue(hash, out var ids) && ids.TryDequeue(out string? standing))
            {
                var found = new PendingCall(new(run, standing, path, body, timeLimit)) { IsPosted = true };
                if (_early.Remove(standing, out var reply))
                {
                    found.Complete(reply);
                }
                else
                {
                    _pending.Add(standing, found);
                    CountInQueue(path, 1);
                }

                return found;
            }

            int number = _numbers.GetValueOrDefault(hash);
            _numbers[hash] = number + 1;
            var call = new PendingCall(new(run, Invariant($"{hash}-{number}"), path, body, timeLimit));
            _pending.Add(call.Id, call);
            _unposted.AddLast(call);
            return call;
        }
    }

    /// <summary>Asks for another attempt at a call whose worker is silent; one more call is reserved.</summary>
    public void MakeAgain(PendingCall call)
    {
        lock (_lock)
        {
            call.Renew();
            if (call.LateReply is not null)
                return;
            if (!call.IsGone)
            {
                _again.Add(call.Id);
                return;
            }

            (call.IsGone, call.IsPosted) = (false, false);
            CountInQueue(call.Call.Path, -1);
            _unposted.AddFirst(call);
        }
    }

    /// <summary>Forgets a call in whatever state.</summary>
    /// <returns>Whether a worker may have made it.</returns>
    public bool Forget(PendingCall call)
    {
        lock (_lock)
        {
            if (!Withdraw(call))
                return false;
            _again.Remove(call.Id);
            _forgotten.Add(call.Id);
            return true;
        }
    }

    /// <summary>Gives up a call that stays in the queue, for who asks the same next, here or in a process that goes on with the run.</summary>
    /// <returns>Whether a worker may have made it.</returns>
    public bool Leave(PendingCall call)
    {
        lock (_lock)
        {
            if (!Withdraw(call))
                return false;
            AddStanding(call.Id);
            if (call.Reply is { } reply)
                _early[call.Id] = reply;
            return true;
        }
    }

    /// <summary>Forgets what no call has asked for.</summary>
    public void ForgetStanding()
    {
        lock (_lock)
        {
            _forgotten.UnionWith(_standing.Values.SelectMany(ids => ids));
            _standing.Clear();
        }
    }

    /// <summary>The calls that the queue gets next, as many as keep the workers busy; the same ones until <see cref="CountPosted"/>.</summary>
    public IReadOnlyList<QueuedCall> ListToPost()
    {
        lock (_lock)
        {
            for (var node = _unposted.First; node is not null && _posting.Count < MostTogether;)
            {
                var (call, next) = (node.Value, node.Next);
                if (_inQueue.GetValueOrDefault(call.Call.Path) < Math.Ceiling(Ahead * _slots.GetValueOrDefault(call.Call.Path)))
                {
                    _unposted.Remove(node);
                    _posting.Add(call);
                    CountInQueue(call.Call.Path, 1);
                }

                node = next;
            }

            return [.. _posting.Select(call => call.Call)];
        }
    }

    /// <summary>What was to be posted is in the queue.</summary>
    public void CountPosted()
    {
        lock (_lock)
        {
            foreach (var call in _posting)
                call.IsPosted = true;
            _posting = [];
        }
    }

    /// <summary>The ids of calls to make again, and to forget.</summary>
    public (string[] Again, string[] Forgotten) ListToSettle()
    {
        lock (_lock)
            return ([.. _again], [.. _forgotten]);
    }

    /// <summary>These are settled.</summary>
    public void CountSettled(string[] again, string[] forgotten)
    {
        lock (_lock)
        {
            _again.ExceptWith(again);
            _forgotten.ExceptWith(forgotten);
            _held.ExceptWith(forgotten);
        }
    }

    /// <summary>The ids of replies that are here and still in the queue.</summary>
    public string[] ListHeld()
    {
        lock (_lock)
            return [.. _held];
    }

    /// <summary>Hands on what came of the calls.</summary>
    /// <param name="progress">That.</param>
    /// <param name="believesLapses">Whether a worker that is silent is taken for lost.</param>
    /// <param name="hasStanding">Whether all calls and replies of the run are told.</param>
    public void Take(QueueProgress progress, bool believesLapses, bool hasStanding)
    {
        lock (_lock)
        {
            _slots = progress.Slots;
            foreach (var reply in progress.Replies)
            {
                if (_forgotten.Contains(reply.Id) || !_held.Add(reply.Id))
                    continue;

                if (_pending.Remove(reply.Id, out var call))
                {
                    CountInQueue(call.Call.Path, -1);
                    _again.Remove(reply.Id);
                    call.Complete(reply);
                }
                else if (_standing.Values.Any(ids => ids.Contains(reply.Id)))
                {
                    _early[reply.Id] = reply;
                }
                else
                {
                    _forgotten.Add(reply.Id);
                }
            }

            foreach (string id in believesLapses ? progress.Lapsed : [])
            {
                if (_pending.TryGetValue(id, out var call) && !call.IsDeciding && !_again.Contains(id))
                    call.TellLapse();
            }

            if (!hasStanding)
                return;
            // Somebody forgot them, or the queue was brought back from a copy.
            var standing = progress.Standing.ToHashSet(StringComparer.Ordinal);
            foreach (var call in _pending.Values.Where(call => call.IsPosted && !call.IsDeciding && !_again.Contains(call.Id) && !standing.Contains(call.Id)))
            {
                call.IsGone = true;
                call.TellLapse();
            }
        }
    }

    /// <summary>What is missing for the calls that wait, in some words; empty for nothing, null where none waits.</summary>
    public string? FindAbsence()
    {
        lock (_lock)
        {
            if (_pending.Count == 0)
                return null;
            if (_pending.Values.Select(call => call.Call.Path).FirstOrDefault(path => _slots.GetValueOrDefault(path) <= 0) is not { } missing)
                return "";
            return _slots.Values.Any(slots => slots > 0) ? $"the workers that are there take no calls of {missing}" : "no worker is there for the calls of this run";
        }
    }

    /// <summary>Fails all that wait.</summary>
    public void Fail(Exception exception)
    {
        lock (_lock)
        {
            foreach (var call in _pending.Values)
                call.Fail(exception);
        }
    }

    private void AddStanding(string id)
    {
        int dash = id.LastIndexOf('-');
        if (dash < 0 || !int.TryParse(id.AsSpan(dash + 1), out int number))
            return;

        string hash = id[..dash];
        if (!_standing.TryGetValue(hash, out var ids))
            _standing.Add(hash, ids = new());
        ids.Enqueue(id);
        _numbers[hash] = Math.Max(_numbers.GetValueOrDefault(hash), number + 1);
    }

    /// <summary>Has a call wait no more; false where the queue never had it.</summary>
    private bool Withdraw(PendingCall call)
    {
        if (!_pending.Remove(call.Id))
            return true;
        if (_unposted.Remove(call))
            return false;
        CountInQueue(call.Call.Path, -1);
        return true;
    }

    private void CountInQueue(string path, int calls) => _inQueue[path] = _inQueue.GetValueOrDefault(path) + calls;

    private static string HashOf(string path, ReadOnlySpan<byte> body)
    {
        var hash = new XxHash128();
        hash.Append(Encoding.UTF8.GetBytes(path));
        hash.Append("\n"u8);
        hash.Append(body);
        return Convert.ToHexStringLower(hash.GetCurrentHash());
    }
}
