using Rlm.Runtime.Evaluation;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>How many lines were cut.</summary>
internal sealed class LinesNote : RunningNote
{
    private long _count;

    public override string? Text => null;

    public override RlmReading? Reading => Interlocked.Read(ref _count) is > 0 and var count ? new RlmReading("lines", "line", count, 0) : null;

    public void Add(long count) => Interlocked.Add(ref _count, count);
}
