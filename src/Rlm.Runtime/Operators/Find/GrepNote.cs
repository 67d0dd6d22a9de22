using Rlm.Dsl.Checks;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;

namespace Rlm.Runtime.Operators.Find;

/// <summary>
/// Tells where nothing was found: that a text looks like a regular expression and was looked for as it is, or that lines match but for case.
/// Only then are the texts read again.
/// </summary>
/// <param name="text">The text that looks like a regular expression; null for any other pattern.</param>
/// <param name="folded">Makes the pattern that ignores case; null where it does already.</param>
/// <param name="cancellation">Ends the second reading.</param>
internal sealed class GrepNote(string? text, Func<LinePattern>? folded, StatementCancellation cancellation) : RunningNote
{
    private const int MostShown = 60;

    private bool _hasLooked;
    private bool _hasFound;
    private (bool IsRead, string? Text) _missed;

    public override string? Text => _missed.IsRead || !HasNothing ? (HasNothing ? _missed.Text : null) : (_missed = (true, ReadAgain())).Text;

    public override bool ReadsAgain => true;

    public override IReadOnlyList<RlmLoss> Losses => text is null || !HasNothing ? [] :
    [
        new RlmLoss(RlmLossKind.LinesUnmatched, $"grep: no line has the text `{text}`, which looks like a regular expression", $"write `grep {PatternTexts.WriteRegex(text)}`"),
    ];

    /// <summary>The texts that are looked through; null where they cannot be read again.</summary>
    public Func<IEnumerable<TextInput>?>? Texts { get; set; }

    private bool HasNothing => Volatile.Read(ref _hasLooked) && !Volatile.Read(ref _hasFound);

    /// <summary>Learns whether lines were found, none of them where a text is opened.</summary>
    public void Add(bool hasFound)
    {
        Volatile.Write(ref _hasLooked, true);
        if (hasFound)
            Volatile.Write(ref _hasFound, true);
    }

    private string? ReadAgain()
    {
        if (folded is null || Texts?.Invoke() is not { } texts)
            return null;

        var pattern = folded();
        long count = 0;
        string? example = null;
        foreach (var input in texts)
        {
            long found = LineSearch.Count(input.Slice, pattern, isInverted: false, cancellation.Token);
            if (found > 0 && example is null)
            {
                using var lines = new TextRows.Matching(input, pattern, isInverted: false, cancellation.Token);
                example = lines.MoveNext() ? ValueRenderer.InTemplate(lines.Item) : null;
            }

            count += found;
        }

        return example is null ? null
            : $"grep: no line matches, and {Amount.Of(count)} {Amount.Agree(count, "{does|do}")} but for case, as `{Preview.Of(example.Trim(), MostShown)}`; write `ignore case` behind the pattern";
    }
}
