using System.Globalization;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Texts;

namespace Rlm.Runtime.Operators;

/// <summary>Check C3: how many lines <c>extract</c> could not read, and the first of them; and fields that <c>as</c> could not read.</summary>
internal sealed class ExtractNote : RunningNote
{
    private const int MaxPreviewLength = 80;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Count, string Example)> _unreadable = new(StringComparer.Ordinal);
    private long _lineCount;
    private long _matchedCount;
    private TextSlice? _firstUnmatched;

    public override string? Text
    {
        get
        {
            lock (_gate)
            {
                var parts = new List<string>();
                if (_firstUnmatched is { } line)
                    parts.Add(string.Create(CultureInfo.InvariantCulture,
                        $"{_matchedCount:N0} of {_lineCount:N0} lines matched; first unmatched: line {line.FirstLine:N0} `{Preview(line)}`"));
                foreach (var (name, (count, example)) in _unreadable)
                    parts.Add(string.Create(CultureInfo.InvariantCulture, $"{count:N0} {(count == 1 ? "value" : "values")} of `{name}` could not be read and {(count == 1 ? "is" : "are")} none, as `{example}`"));
                return parts.Count == 0 ? null : $"extract: {string.Join("; ", parts)}";
            }
        }
    }

    public void CountLines(long lines, long matched, TextSlice? firstUnmatched)
    {
        lock (_gate)
        {
            _lineCount += lines;
            _matchedCount += matched;
            _firstUnmatched ??= firstUnmatched;
        }
    }

    public void CountUnreadable(string field, TextSlice place)
    {
        lock (_gate)
            _unreadable[field] = _unreadable.TryGetValue(field, out var known) ? known with { Count = known.Count + 1 } : (1, Preview(place));
    }

    private static string Preview(TextSlice line)
    {
        string text = (line with { Length = Math.Min(line.Length, 4 * MaxPreviewLength) }).Decode();
        return text.Length <= MaxPreviewLength ? text : string.Concat(text.AsSpan(0, MaxPreviewLength - 1), "…");
    }
}
