using Rlm.Cli.Queues;

namespace Rlm.Cli.Tests.Queues;

/// <summary>A server with one queue, in memory.</summary>
internal sealed class MemoryQueueServer : IQueueServer
{
    public MemoryCallQueue Queue { get; } = new(TimeSpan.FromSeconds(30));

    public string Display(string url) => "memory";

    public Task<ICallQueue> OpenForRunAsync(string url, CancellationToken cancellationToken) => Task.FromResult<ICallQueue>(Queue);

    public Task<ICallQueue> OpenForWorkerAsync(string url, CancellationToken cancellationToken) => Task.FromResult<ICallQueue>(Queue);

    public Task<string> InitAsync(string url, TimeSpan? lease, CancellationToken cancellationToken) => Task.FromResult($"ready, {lease?.TotalSeconds} s");

    public Task<QueueReport> ListAsync(string url, CancellationToken cancellationToken) => Task.FromResult(new QueueReport(
        [new("w1", "1.2.3", 32, 3, 120, 2, 60.4, 1.6, IsSilent: false, null), new("w2", "1.2.3", 0, 0, 0, 0, 0, 90, IsSilent: true, "the address cannot be reached")],
        [new("r1", "me", 4, 3, 1, 2, 12.4)]));

    public Task<long> ForgetAsync(string url, string run, CancellationToken cancellationToken) => Task.FromResult(run == "r1" ? 10L : 0L);
}
