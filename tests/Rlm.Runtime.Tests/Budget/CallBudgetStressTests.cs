namespace Rlm.Runtime.Tests.Budget;

/// <summary>Many threads at one budget: never one call over, and none lost.</summary>
internal sealed class CallBudgetStressTests
{
    private const int Threads = 64;
    private const int Rounds = 10_000_000;

    [Test]
    public void TryReserve_SixtyFourThreads_GiveExactlyTheLimit()
    {
        const int Limit = 7_654_321;
        var budget = new CallBudget(Limit);
        long granted = 0;

        OnThreads(_ =>
        {
            int mine = 0;
            for (int i = 0; i < Rounds / Threads; i++)
                mine += budget.TryReserve(1) ? 1 : 0;
            Interlocked.Add(ref granted, mine);
        });

        Assert.That((granted, budget.Used, budget.Left), Is.EqualTo((Limit, Limit, 0)));
    }

    [Test]
    public void ReserveAndRefund_SixtyFourThreads_HoldNoMoreThanTheLimit()
    {
        const int Limit = 10;
        var budget = new CallBudget(Limit);
        int held = 0, most = 0;

        OnThreads(thread =>
        {
            for (int i = 0; i < Rounds / Threads / 100; i++)
            {
                int asked = (thread + i) % 7;
                int calls = i % 2 == 0 ? (budget.TryReserve(asked) ? asked : 0) : budget.ReserveUpTo(asked);
                int now = Interlocked.Add(ref held, calls);
                if (now > Volatile.Read(ref most))
                    Interlocked.Exchange(ref most, now);
                Thread.Yield();
                Interlocked.Add(ref held, -calls);
                budget.Refund(calls);
            }
        });

        Assert.That(most, Is.InRange(Limit / 2, Limit));
        Assert.That(budget.Used, Is.Zero);
    }

    [Test]
    public void Children_SixtyFourThreads_SpendNoMoreThanTheParent()
    {
        const int Limit = 1_000_000;
        var parent = new CallBudget(Limit);
        long spent = 0;

        OnThreads(thread =>
        {
            for (int i = 0; i < 2_000; i++)
            {
                var child = parent.CreateChild((thread + i) % 50);
                for (int call = 0; call < 30; call++)
                {
                    if (child.TryReserve(1))
                        Interlocked.Increment(ref spent);
                }

                child.Close();
            }
        });

        Assert.That(spent, Is.EqualTo(Limit));
        Assert.That((parent.Used, parent.Left), Is.EqualTo((Limit, 0)));
    }

    private static void OnThreads(Action<int> work)
    {
        using var start = new Barrier(Threads);
        Thread[] threads = [.. Enumerable.Range(0, Threads).Select(thread => new Thread(() =>
        {
            start.SignalAndWait();
            work(thread);
        }))];
        Array.ForEach(threads, thread => thread.Start());
        Array.ForEach(threads, thread => thread.Join());
    }
}
