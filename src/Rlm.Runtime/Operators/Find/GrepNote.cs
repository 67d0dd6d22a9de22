using Rlm.Dsl.Checks;
using Rlm.Runtime.Evaluation;

namespace Rlm.Runtime.Operators.Find;

/// <summary>Tells where a text that looks like a regular expression was looked for as it is, and nothing has it.</summary>
internal sealed class GrepNote(string text) : RunningNote
{
    private bool _hasLooked;
    private long _foundCount;

    public override string? Text => null;

    public override IReadOnlyList<RlmLoss> Losses => !Volatile.Read(ref _hasLooked) || Interlocked.Read(ref _foundCount) > 0 ? [] :
    [
        new RlmLoss(RlmLossKind.LinesUnmatched, $"grep: no line has the text `{text}`, which looks like a regular expression", $"write `grep {PatternTexts.WriteRegex(text)}`"),
    ];

    /// <summary>Adds lines that were found, none of them where a text is opened.</summary>
    public void Add(long count)
    {
        Volatile.Write(ref _hasLooked, true);
        Interlocked.Add(ref _foundCount, count);
    }
}
