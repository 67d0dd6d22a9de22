using static Rlm.Runtime.Tests.Budget.BudgetHistory;

namespace Rlm.Runtime.Tests.Budget;

/// <summary>Recorded histories of threads at one budget can each be told as one thread after another.</summary>
internal sealed class CallBudgetLinearizabilityTests
{
    private const int Threads = 4;
    private const int OperationsOfAThread = 8;
    private const int Histories = 2_000;

    [Test]
    public void Budget_RecordedHistories_AreLinearizable()
    {
        int overlapping = 0;
        for (int seed = 0; seed < Histories || overlapping == 0; seed++)
        {
            int limit = 1 + (seed % 9);
            var budget = new CallBudget(limit);
            var history = Recorded(seed, budget.TryReserve, budget.ReserveUpTo, budget.Refund, out bool isOverlapping);
            overlapping += isOverlapping ? 1 : 0;

            Assert.That(history.IsLinearizable(limit), Is.True, $"seed {seed}");
        }
    }

    [Test]
    public void BudgetThatReadsAndThenWrites_RecordedHistories_AreFound()
    {
        for (int seed = 0; seed < Histories * 10; seed++)
        {
            int limit = 1 + (seed % 9), used = 0;
            bool TryReserve(int calls)
            {
                int seen = Volatile.Read(ref used);
                // Lets another thread in between, on one processor too.
                Thread.Yield();
                if (calls > limit - seen)
                    return false;
                Volatile.Write(ref used, seen + calls);
                return true;
            }

            int ReserveUpTo(int calls) => TryReserve(calls = Math.Min(calls, limit - Volatile.Read(ref used))) ? calls : 0;
            if (!Recorded(seed, TryReserve, ReserveUpTo, calls => Interlocked.Add(ref used, -calls), out _).IsLinearizable(limit))
                return;
        }

        Assert.Fail("the check found nothing wrong with a budget that is wrong");
    }

    [Test]
    public void IsLinearizable_ResultThatNoOrderGives_IsFalse()
    {
        var history = new BudgetHistory();
        history.Add(Kind.TryReserve, 2, 1, 0, 10);
        history.Add(Kind.TryReserve, 2, 1, 5, 15);

        Assert.That((history.IsLinearizable(4), history.IsLinearizable(3)), Is.EqualTo((true, false)));
    }

    [Test]
    public void IsLinearizable_RefundAfterTheReservation_IsNotTakenForBefore()
    {
        var history = new BudgetHistory();
        history.Add(Kind.TryReserve, 2, 1, 0, 1);
        history.Add(Kind.TryReserve, 1, 1, 2, 3);
        history.Add(Kind.Refund, 2, 0, 4, 5);

        Assert.That(history.IsLinearizable(2), Is.False);
    }

    private static BudgetHistory Recorded(
        int seed, Func<int, bool> tryReserve, Func<int, int> reserveUpTo, Action<int> refund, out bool isOverlapping)
    {
        var histories = Enumerable.Range(0, Threads).Select(_ => new BudgetHistory()).ToArray();
        using var start = new Barrier(Threads);
        int inside = 0, most = 0;
        Thread[] threads = [.. histories.Select((history, thread) => new Thread(() =>
        {
            var random = new Random((seed * Threads) + thread);
            int held = 0;
            start.SignalAndWait();
            for (int i = 0; i < OperationsOfAThread; i++)
            {
                int calls = random.Next(1, 4), kind = random.Next(3);
                most = Math.Max(most, Interlocked.Increment(ref inside));
                if (random.Next(4) == 0)
                    Thread.Yield();
                if (kind == 0)
                    held += history.Record(Kind.TryReserve, calls, () => tryReserve(calls) ? 1 : 0) * calls;
                else if (kind == 1)
                    held += history.Record(Kind.ReserveUpTo, calls, () => reserveUpTo(calls));
                else if (held > 0)
                    held -= history.Record(Kind.Refund, Math.Min(held, calls), () => Refunded(Math.Min(held, calls)));
                Interlocked.Decrement(ref inside);
            }
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
        isOverlapping = most > 1;
        var all = new BudgetHistory();
        all.AddAll(histories);
        return all;

        int Refunded(int calls)
        {
            refund(calls);
            return calls;
        }
    }
}
