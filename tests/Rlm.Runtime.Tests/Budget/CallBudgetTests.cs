namespace Rlm.Runtime.Tests.Budget;

internal sealed class CallBudgetTests
{
    [Test]
    public void TryReserve_MoreThanLeft_ReservesNone()
    {
        var budget = new CallBudget(5);

        Assert.That(budget.TryReserve(3), Is.True);
        Assert.That(budget.TryReserve(3), Is.False);
        Assert.That((budget.Used, budget.Left), Is.EqualTo((3, 2)));
        Assert.That(budget.TryReserve(2), Is.True);
        Assert.That(budget.TryReserve(0), Is.True);
    }

    [Test]
    public void TryReserve_LargestNumber_DoesNotOverflow()
    {
        var budget = new CallBudget(int.MaxValue);
        budget.Reserve(10, "x");

        Assert.That(budget.TryReserve(int.MaxValue), Is.False);
        Assert.That(budget.Used, Is.EqualTo(10));
    }

    [Test]
    public void ReserveUpTo_MoreThanLeft_GivesWhatIsLeft()
    {
        var budget = new CallBudget(5);

        Assert.That(budget.ReserveUpTo(3), Is.EqualTo(3));
        Assert.That(budget.ReserveUpTo(3), Is.EqualTo(2));
        Assert.That(budget.ReserveUpTo(3), Is.Zero);
    }

    [Test]
    public void Reserve_MoreThanLeft_NamesUsedAskedLimitAndAggregation()
    {
        var budget = new CallBudget(50);
        budget.Reserve(12, "x");

        var exception = Assert.Throws<BudgetExceededException>(() => budget.Reserve(1_000, "`map llm`"));

        Assert.That((exception.Used, exception.Asked, exception.Limit), Is.EqualTo((12, 1_000, 50)));
        Assert.That(exception.Message, Is.EqualTo(
            "`map llm` would make 1,000 calls; 38 of 50 are left (12 used). Filter first with `grep` or `where`, count and group with free stages, "
            + "or ask about more rows in a call with `pack`"));
        Assert.That(budget.Used, Is.EqualTo(12));
    }

    [Test]
    public void Refund_Reserved_MayBeReservedAgain()
    {
        var budget = new CallBudget(2);
        budget.Reserve(2, "x");
        budget.Refund(1);

        Assert.That(budget.Left, Is.EqualTo(1));
        Assert.That(
            () => budget.Refund(2),
            Throws.InvalidOperationException.With.Message.EqualTo("2 calls were refunded and only 1 were reserved."));
    }

    [Test]
    public void CreateLinked_EachCall_IsOneOfBoth()
    {
        var shared = new CallBudget(10);
        var first = shared.CreateLinked(8);
        var second = shared.CreateLinked(8);

        Assert.That((first.TryReserve(6), second.TryReserve(6), second.ReserveUpTo(6)), Is.EqualTo((true, false, 4)));
        Assert.That((first.Used, first.Left, second.Used, second.Left, shared.Used), Is.EqualTo((6, 0, 4, 0, 10)));

        first.Refund(5);
        Assert.That((first.Used, first.Left, second.Left, shared.Left), Is.EqualTo((1, 5, 4, 5)));
    }

    [Test]
    public void Constructor_NegativeLimit_Throws() =>
        Assert.That(() => new CallBudget(-1), Throws.TypeOf<ArgumentOutOfRangeException>().With.Property("ParamName").EqualTo("limit"));

    [Test]
    public void TryReserve_From64Threads_NeverGoesOver()
    {
        const int limit = 1_000;
        var budget = new CallBudget(limit);
        int held = 0, mostHeld = 0, over = 0;
        using var start = new Barrier(64);
        Thread[] threads = [.. Enumerable.Range(0, 64).Select(id => new Thread(() =>
        {
            start.SignalAndWait();
            for (int i = 0; i < 2_000; i++)
            {
                int calls = 1 + ((id + i) % 7 * 20);
                int granted = i % 3 == 0 ? budget.ReserveUpTo(calls) : budget.TryReserve(calls) ? calls : 0;
                int now = Interlocked.Add(ref held, granted), most;
                while (now > (most = Volatile.Read(ref mostHeld)))
                    Interlocked.CompareExchange(ref mostHeld, now, most);
                if (budget.Used > limit)
                    Interlocked.Increment(ref over);

                Interlocked.Add(ref held, -granted);
                budget.Refund(granted);
            }
        }))];
        foreach (var thread in threads)
            thread.Start();
        foreach (var thread in threads)
            thread.Join();

        Assert.That(over, Is.Zero);
        Assert.That(mostHeld, Is.InRange(1, limit));
        Assert.That(budget.Used, Is.Zero);
    }
}
