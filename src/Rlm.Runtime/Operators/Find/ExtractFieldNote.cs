using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Find;

/// <summary>How many rows an <c>extract</c> of a field did not match, and values that <c>as</c> could not read.</summary>
internal sealed class ExtractFieldNote : RunningNote
{
    private const int MaxPreviewLength = 160;

    private readonly Dictionary<string, long> _unreadable = new(StringComparer.Ordinal);
    private readonly ReadingTally _readings = new();
    private long _rowCount;
    private long _matchedCount;

    /// <summary>The field that is read.</summary>
    public string Field { get; set; } = "";

    /// <summary>The start of the first text that did not match; empty where every one did.</summary>
    public string FirstUnmatched { get; private set; } = "";

    /// <summary>Whether there were rows and not one of them matched.</summary>
    public bool HasNoMatch => _rowCount > 0 && _matchedCount == 0;

    public override string? Text
    {
        get
        {
            var parts = new List<string>();
            if (_matchedCount < _rowCount)
            {
                parts.Add(Invariant(
                    $"{Amount.Of(_matchedCount, _rowCount, "row")} matched in `{Field}`, and the captures of the others are none; first unmatched: `{FirstUnmatched}`"));
            }

            foreach (var (name, count) in _unreadable)
                parts.Add(UnreadableText(name, count));
            return parts.Count == 0 ? null : $"extract: {string.Join("; ", parts)}";
        }
    }

    public override IReadOnlyList<SourceReading> Readings => _readings.Of("extract", "row");

    public override IReadOnlyList<RlmLoss> Losses =>
    [
        .. _unreadable.Select(entry => new RlmLoss(
            RlmLossKind.ValuesUnread,
            $"extract: {UnreadableText(entry.Key, entry.Value)}",
            $"write `{entry.Key}: TYPE?` where it may be missing, or leave `as` out and look at the values")
        {
            Count = entry.Value,
            Of = _matchedCount,
        }),
    ];

    public void CountRow(bool isMatched, TextValue? text)
    {
        _readings.Add(text?.Slice?.Source, 1, isMatched ? 0 : 1);
        _rowCount++;
        _matchedCount += isMatched ? 1 : 0;
        if (!isMatched && FirstUnmatched.Length == 0)
            FirstUnmatched = text is null ? "none" : Preview.Of(text.ToString(), MaxPreviewLength).ReplaceLineEndings(" ");
    }

    private string UnreadableText(string name, long count) =>
        $"{Amount.Of(count, _matchedCount, "value")} of `{name}` could not be read and {Amount.Agree(count, "{is|are}")} none";

    public void CountUnreadable(string capture) => _unreadable[capture] = _unreadable.GetValueOrDefault(capture) + 1;
}
