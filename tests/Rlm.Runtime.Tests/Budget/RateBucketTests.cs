using Microsoft.Extensions.Time.Testing;
using Rlm.Runtime.Budget;

namespace Rlm.Runtime.Tests.Budget;

internal sealed class RateBucketTests
{
    [TestCase(1)]
    [TestCase(7)]
    [TestCase(60)]
    [TestCase(500)]
    public void Take_AllAtOnce_NeverPassesTheLimitInAnyMinute(int perMinute)
    {
        var bucket = new RateBucket(perMinute, new FakeTimeProvider());

        double[] starts = [.. Enumerable.Range(0, perMinute * 4).Select(_ => bucket.Take(1).TotalSeconds)];

        Assert.That(starts, Is.Ordered);
        for (int i = 0; i + perMinute < starts.Length; i++)
            Assert.That(starts[i + perMinute] - starts[i], Is.GreaterThanOrEqualTo(62.999), $"request {i}");
        Assert.That(starts[perMinute] - starts[0], Is.LessThan(60 * 1.12 + 1e-6));
        Assert.That(starts.Count(start => start == 0), Is.EqualTo(Math.Max(1, perMinute / 10)));
    }

    [Test]
    public void Take_AnyHistoryAndJitterOnTheWay_ArrivesWithinTheLimitOfAnyMinute()
    {
        var random = new Random(20261128);
        for (int run = 0; run < 200; run++)
        {
            int perMinute = random.Next(1, 300);
            var clock = new FakeTimeProvider();
            var bucket = new RateBucket(perMinute, clock);
            double now = 0;
            double[] arrivals = [.. Enumerable.Range(0, perMinute * 3).Select(_ =>
            {
                double pause = random.Next(4) == 0 ? random.NextDouble() * 60 / perMinute * random.Next(1, 40) : 0;
                clock.Advance(TimeSpan.FromSeconds(pause));
                now += pause;
                return now + bucket.Take(1).TotalSeconds + (random.NextDouble() * 2.99);
            }).Order()];

            for (int i = 0; i + perMinute < arrivals.Length; i++)
                Assert.That(arrivals[i + perMinute] - arrivals[i], Is.GreaterThan(60), $"{perMinute} a minute, request {i}");
        }
    }

    [TestCase(-5)]
    [TestCase(5)]
    public void Take_WallClockJumps_ChangesNothing(int hours)
    {
        var clock = new JumpingTimeProvider();
        var bucket = new RateBucket(60, clock);
        for (int i = 0; i < 7; i++)
            bucket.Take(1);
        var before = bucket.Take(0);
        clock.Jump = TimeSpan.FromHours(hours);

        Assert.That(bucket.Take(0), Is.EqualTo(before));
    }

    [Test]
    public void Take_AfterAPause_GoesAtOnceAndNoMoreThanATenth()
    {
        var clock = new FakeTimeProvider();
        var bucket = new RateBucket(100, clock);
        clock.Advance(TimeSpan.FromHours(1));

        Assert.That(Enumerable.Range(0, 20).Count(_ => bucket.Take(1) == TimeSpan.Zero), Is.EqualTo(10));
    }

    [Test]
    public void Take_MoreThanTheLimit_GoesAndLeavesADebt()
    {
        var bucket = new RateBucket(1_000, new FakeTimeProvider());

        Assert.That(bucket.Take(2_000), Is.EqualTo(TimeSpan.Zero));
        Assert.That(bucket.Take(1).TotalSeconds, Is.InRange(115, 135));
    }

    [Test]
    public void Adjust_Used_DelaysTheNextAndGivenBackDoesNot()
    {
        var bucket = new RateBucket(600, new FakeTimeProvider());
        bucket.Take(60);
        bucket.Adjust(60);
        double late = bucket.Take(1).TotalSeconds;
        bucket.Adjust(-61);

        Assert.That(late, Is.InRange(6, 7.5));
        Assert.That(bucket.Take(1).TotalSeconds, Is.LessThan(0.2));
    }
}
