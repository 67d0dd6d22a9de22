using Rlm.Runtime.Budget;

namespace Rlm.Runtime.Tests.Budget;

internal sealed class AdaptiveParallelismTests
{
    [Test]
    public void Leave_RepliesAsFastAsBefore_DoublesToTheMost()
    {
        var parallelism = new AdaptiveParallelism();

        Reply(parallelism, 8 + 16 + 32 + 64 + 128, _ => 50);

        Assert.That(parallelism.Limit, Is.EqualTo(AdaptiveParallelism.Most));
    }

    [Test]
    public void Leave_ServerThatQueuesBeyond40_StaysNearIt()
    {
        var parallelism = new AdaptiveParallelism();

        Reply(parallelism, 5_000, limit => 50 * Math.Max(1, limit / 40.0));

        Assert.That(parallelism.Limit, Is.InRange(30, 64));
    }

    [Test]
    public void Leave_Refused_TakesAThirdAwayOnceARound()
    {
        var parallelism = new AdaptiveParallelism();
        Reply(parallelism, 8 + 16, _ => 50);

        for (int i = 0; i < 32; i++)
            parallelism.Leave(null, isRefused: true);

        Assert.That(parallelism.Limit, Is.EqualTo(21));
    }

    [Test]
    public void Leave_RefusedForGood_GoesDownToOneAndUpAgain()
    {
        var parallelism = new AdaptiveParallelism();
        for (int i = 0; i < 100; i++)
            parallelism.Leave(null, isRefused: true);
        int least = parallelism.Limit;
        Reply(parallelism, 100, _ => 50);

        Assert.That((least, parallelism.Limit), Is.EqualTo((1, 14)));
    }

    [Test]
    public void BeginStage_LongerReplies_AreNoReasonForFewer()
    {
        var parallelism = new AdaptiveParallelism();
        Reply(parallelism, 8 + 16, _ => 50);

        parallelism.BeginStage();
        Reply(parallelism, 32 + 64, _ => 5_000);

        Assert.That(parallelism.Limit, Is.EqualTo(128));
    }

    [Test]
    public async Task Enter_NoPlace_WaitsInOrderUntilOneIsFree()
    {
        var parallelism = new AdaptiveParallelism();
        for (int i = 0; i < 8; i++)
            await parallelism.EnterAsync(default);
        using var cancellation = new CancellationTokenSource();
        var first = parallelism.EnterAsync(cancellation.Token).AsTask();
        var second = parallelism.EnterAsync(default).AsTask();
        await cancellation.CancelAsync();

        parallelism.Leave(null, isRefused: false);

        Assert.That(async () => await first, Throws.InstanceOf<OperationCanceledException>());
        await second;
    }

    private static void Reply(AdaptiveParallelism parallelism, int calls, Func<int, double> milliseconds)
    {
        for (int i = 0; i < calls; i++)
            parallelism.Leave(TimeSpan.FromMilliseconds(milliseconds(parallelism.Limit)), isRefused: false);
    }
}
