using CsCheck;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Models.Workers;

/// <summary>
/// Random histories of workers that take, stand still, are killed and finish late, and of a run that is stopped or killed and goes on: never more is paid
/// than the limits say, only what was lost is paid twice, each item ends once, and the journal tells what came of it.
/// </summary>
internal sealed class QueueHistoryTests
{
    private const int Items = 6, Workers = 3, Slots = 2;
    private const string Program = "answer context | lines | map llm \"Say {it}\" pack 1 or \"lost\" | join \"\\n\"";
    private static readonly TimeSpan Lease = TimeSpan.FromSeconds(10);

    private enum Act
    {
        Take,
        Finish,
        Kill,
        Wait,
        Silence,
        StopRun,
        KillRun,
    }

    private static readonly Gen<(Act Act, int Worker)[]> Histories = Gen.Select(
        Gen.Frequency(
            (6, Gen.Const(Act.Take)), (6, Gen.Const(Act.Finish)), (2, Gen.Const(Act.Kill)), (2, Gen.Const(Act.Wait)), (2, Gen.Const(Act.Silence)),
            (1, Gen.Const(Act.StopRun)), (1, Gen.Const(Act.KillRun))),
        Gen.Int[0, Workers - 1]).Array[0, 40];

    [Test]
    public async Task Run_AnyHistory_PaysWithinItsLimitsAndEndsEachItemOnce() =>
        await Gen.Select(Histories, Gen.Int[0, 4]).SampleAsync(
            history => RunAsync(history.Item1, history.Item2),
            iter: 200, threads: 1, print: history => $"{string.Join(' ', history.Item1.Select(step => $"{step.Act}{step.Worker}"))} spare {history.Item2}");

    private static async Task RunAsync((Act Act, int Worker)[] history, int spare)
    {
        string folder = Directory.CreateTempSubdirectory("rlm-histories-").FullName;
        var played = new History(folder, spare);
        try
        {
            foreach (var (act, worker) in history)
                await played.PlayAsync(act, worker);
            await played.EndAsync();
            played.Require();
        }
        finally
        {
            await played.DisposeAsync();
            Directory.Delete(folder, recursive: true);
        }
    }

    private sealed class History : IAsyncDisposable
    {
        private readonly string _folder;
        private readonly int _limit;
        private readonly FakeTimeProvider _clock = new();
        private readonly MemoryCallQueue _queue;
        private readonly PlayedWorker[] _workers;
        private readonly string _name = "history";
        private CutQueue _way;
        private QueuedCalls _calls;
        private CancellationTokenSource _stop = new();
        private RlmJournal _journal;
        private Task<ProgramRun> _run;
        private int _runs = 1, _paid, _paidByEarlier, _lost;

        public History(string folder, int spare)
        {
            (_folder, _limit) = (folder, Items + spare);
            _queue = new(Lease, _clock);
            _workers = [.. Enumerable.Range(0, Workers).Select(number => new PlayedWorker(_queue, $"w{number}", Slots))];
            _journal = RlmJournal.Create(JournalPath(1), JournalSync.Off);
            (_way, _calls, _run) = Start();
        }

        public async Task PlayAsync(Act act, int number)
        {
            var worker = _workers[number];
            switch (act)
            {
                case Act.Take:
                    await worker.RenewAsync();
                    await LetRunAsync();
                    _paid += await worker.TakeAsync(Slots - worker.UnderWay);
                    break;
                case Act.Finish:
                    await worker.FinishAsync();
                    break;
                case Act.Kill:
                    _lost += worker.Die();
                    break;
                case Act.Wait:
                    _clock.Advance(TimeSpan.FromSeconds(2));
                    // What several waits add up to is no silence.
                    foreach (var each in _workers)
                        await each.RenewAsync();
                    break;
                case Act.Silence:
                    // Whatever is under way lapses, and may be made again while its worker still goes on.
                    _lost += _workers.Sum(each => each.UnderWay);
                    _clock.Advance(Lease + TimeSpan.FromSeconds(2));
                    break;
                default:
                    await EndRunAsync(isKilled: act == Act.KillRun);
                    break;
            }

            await LetRunAsync();
        }

        /// <summary>One good worker does what is left.</summary>
        public async Task EndAsync()
        {
            _lost += _workers.Sum(each => each.UnderWay);
            foreach (var worker in _workers)
                worker.Die();
            var last = new PlayedWorker(_queue, "last", Slots);
            for (int round = 0; !_run.IsCompleted; round++)
            {
                Assert.That(round, Is.LessThan(100_000), "the run does not end");
                await last.RenewAsync();
                _paid += await last.TakeAsync(Slots - last.UnderWay);
                await last.FinishAsync();
                _clock.Advance(TimeSpan.FromSeconds(2));
                await LetRunAsync();
            }
        }

        public void Require()
        {
            var result = _run.GetAwaiter().GetResult().Result;
            _journal.Dispose();
            // Where all are over the limit there is no answer.
            string[] lines = result.Answer?.Split('\n') ?? [.. Enumerable.Repeat("lost", result.Outcome == RlmOutcome.LimitReached ? Items : 0)];
            Assert.That(lines, Has.Length.EqualTo(Items), "an item ended twice, or never");
            for (int i = 0; i < Items; i++)
                Assert.That(lines[i], Is.AnyOf($"reply to item {i + 1}", "lost"));
            Assert.That(lines.Count(line => line == "lost"), Is.LessThanOrEqualTo(_lost), "an item is lost whose worker was not");
            Assert.That(_paid - _paidByEarlier, Is.LessThanOrEqualTo(_limit), "more is paid than the limit");
            Assert.That(result.Usage.Calls, Is.LessThanOrEqualTo(_limit));
            Assert.That(_paid, Is.LessThanOrEqualTo(Items + _lost), "something is paid twice that was not lost");

            using var replayed = RlmJournal.Replay(JournalPath(_runs));
            // One that misses a reply is asked nowhere.
            using var calls = new QueuedCalls(new CutQueue(_queue, isCut: true), timeProvider: _clock);
            var replay = ProgramRun.RunAsync(Program, ProgramRun.Items(Items), Connect(calls), Options(replayed)).GetAwaiter().GetResult();
            Assert.That(replay.Answer, Is.EqualTo(result.Answer), $"the journal tells something else:\n{File.ReadAllText(JournalPath(_runs))}");
        }

        public async ValueTask DisposeAsync()
        {
            await _stop.CancelAsync();
            await ((Task)_run).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _calls.Dispose();
            _journal.Dispose();
            _stop.Dispose();
        }

        /// <summary>Ends the run as Ctrl-C does, or as a kill: what is in the journal by then is all that stays.</summary>
        private async Task EndRunAsync(bool isKilled)
        {
            if (_run.IsCompleted)
                return;

            string next = JournalPath(_runs + 1);
            if (isKilled)
            {
                _way.Cut();
                File.Copy(JournalPath(_runs), next);
            }

            await DisposeAsync();
            if (!isKilled)
                File.Copy(JournalPath(_runs), next);
            _stop = new();
            _runs++;
            _paidByEarlier = _paid;
            _journal = RlmJournal.Resume(next, JournalSync.Off);
            (_way, _calls, _run) = Start();
        }

        private (CutQueue Way, QueuedCalls Calls, Task<ProgramRun> Run) Start()
        {
            var way = new CutQueue(_queue);
            var calls = new QueuedCalls(way, timeProvider: _clock) { Run = _name, IsResumable = true };
            _journal.Begin(new(["run"], "/", Program, "program", new("test", "m", 1, 1), new("test", "m", 1, 1)) { QueueRun = _name });
            var run = Task.Run(() => ProgramRun.RunAsync(Program, ProgramRun.Items(Items), Connect(calls), Options(_journal), _stop.Token));
            return (way, calls, run);
        }

        private IChatClient Connect(QueuedCalls calls) =>
            ModelEndpoint.ForWorkers("test-model").CreateClient(calls, ModelClients.Fast with { TimeProvider = _clock });

        private RlmOptions Options(RlmJournal journal) => new() { MaxCalls = _limit, Journal = journal, TimeProvider = _clock, Parallel = 4 };

        private string JournalPath(int run) => Path.Combine(_folder, $"{run}.jsonl");

        /// <summary>Gives the run's own threads a turn; what it does in time makes no difference to what has to hold.</summary>
        private async Task LetRunAsync()
        {
            for (int i = 0; i < 20; i++)
            {
                if (i % 5 == 0)
                    _clock.Advance(TimeSpan.FromMilliseconds(20));
                await Task.Yield();
            }
        }
    }
}
