using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>How many lines were cut.</summary>
internal sealed class LinesNote : RunningNote
{
    private readonly ReadingTally _read = new();

    public override string? Text => null;

    public override IReadOnlyList<SourceReading> Readings => _read.Of("lines", "line");

    public void Add(TextSource? source, long count) => _read.Add(source, count);
}
