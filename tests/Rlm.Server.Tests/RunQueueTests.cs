using Rlm.Server.Answers;
using Rlm.Server.Protocol;

namespace Rlm.Server.Tests;

internal sealed class RunQueueTests
{
    [Test]
    public void Leave_SeveralCallersWait_TakeTurns()
    {
        var queue = new RunQueue(1, 10);
        var running = queue.Enter("a");
        var waiting = new[] { "a1", "a2", "a3", "b1", "c1", "b2" }.Select(name => (name, place: queue.Enter(name[..1]))).ToList();

        var order = new List<string>();
        while (waiting.Count > 0)
        {
            running.Dispose();
            var next = waiting.Single(entry => entry.place.IsGiven);
            order.Add(next.name);
            waiting.Remove(next);
            running = next.place;
        }

        Assert.That(order, Is.EqualTo(new[] { "a1", "b1", "c1", "a2", "b2", "a3" }));
    }

    [Test]
    public void Enter_QueueIsFull_IsRefusedUntilSomebodyLeaves()
    {
        var queue = new RunQueue(1, 1);
        var running = queue.Enter("a");
        var waiting = queue.Enter("a");

        Assert.That(() => queue.Enter("b"), Throws.InstanceOf<ApiException>().With.Message.EqualTo("The queue is full: 1 running, 1 waiting."));
        waiting.Dispose();
        waiting.Dispose();
        var other = queue.Enter("b");
        running.Dispose();

        Assert.That((other.IsGiven, queue.Count()), Is.EqualTo((true, (1, 0))));
    }
}
