
namespace Rlm.Runtime.Execution;

/// <summary>The events of one run, which begins when they are enumerated and can so be enumerated once.</summary>
/// <param name="run">Runs, given the caller's cancellation and the enumeration's.</param>
/// <param name="cancellationToken">The caller's.</param>
internal sealed class RunEnumerable(
    Func<CancellationToken, CancellationToken, IAsyncEnumerator<RlmEvent>> run, CancellationToken cancellationToken)
    : IAsyncEnumerable<RlmEvent>
{
    private int _isTaken;

    /// <exception cref="InvalidOperationException">The events are being enumerated or were.</exception>
    public IAsyncEnumerator<RlmEvent> GetAsyncEnumerator(CancellationToken cancellation = default) =>
        Interlocked.Exchange(ref _isTaken, 1) == 0
            ? run(cancellationToken, cancellation)
            : throw new InvalidOperationException(
                "The events of a run can be enumerated once, since a second time would pay again: keep them in a list, or start another run.");
}
