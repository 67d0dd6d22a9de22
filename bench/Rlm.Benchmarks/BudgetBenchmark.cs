using BenchmarkDotNet.Attributes;

namespace Rlm.Benchmarks;

/// <summary>What does reserving a call cost when threads compete, against a lock around a counter?</summary>
public class BudgetBenchmark
{
    private const int Reservations = 1_000_000;

    private readonly Lock _lock = new();
    private int _used;

    [Params(1, 2, 8)]
    public int Threads { get; set; }

    [Benchmark(Baseline = true, OperationsPerInvoke = Reservations)]
    public void Locked()
    {
        _used = 0;
        OnThreads(() =>
        {
            lock (_lock)
            {
                if (_used + 1 <= Reservations)
                    _used++;
            }
        });
    }

    [Benchmark(OperationsPerInvoke = Reservations)]
    public void LockFree()
    {
        var budget = new CallBudget(Reservations);
        OnThreads(() => budget.TryReserve(1));
    }

    private void OnThreads(Action reserve)
    {
        var threads = new Thread[Threads];
        for (int t = 0; t < threads.Length; t++)
        {
            threads[t] = new Thread(() =>
            {
                for (int i = 0; i < Reservations / Threads; i++)
                    reserve();
            });
            threads[t].Start();
        }

        foreach (var thread in threads)
            thread.Join();
    }
}
