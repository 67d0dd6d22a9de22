using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>A result as it is shown: its type and size, then its head and tail, and what was left out between them.</summary>
internal static class Preview
{
    public const int DefaultMaxChars = 4_000;

    private const int MaxItemChars = 400;
    private const int LeastCellChars = 12;

    /// <summary>
    /// How far a list may go beyond the limit before some of it is left out, so that more is left out than the gap costs a reader.
    /// </summary>
    private const double Slack = 1.5;

    /// <summary>A value with its type; of a large one only what is shown is rendered.</summary>
    /// <param name="type">The value's type.</param>
    /// <param name="value">The value; a list that is streamed is read.</param>
    /// <param name="maxChars">About the most characters shown.</param>
    /// <param name="place">Finds what a long item is shown around; null where its start is shown.</param>
    public static string Of(RlmType type, Value value, int maxChars = DefaultMaxChars, MatchPlace? place = null)
    {
        if (value is ListValue list)
            return OfItems(type, list.ReadAll(), maxChars, place);
        if (value is TextValue { IsString: false } text && text.LengthBytes > maxChars)
            return Of(text.Written, maxChars);
        return Of(ValueRenderer.AsAnswer(value), maxChars);
    }

    /// <summary>A text's head and tail, cut at line ends where there are some near.</summary>
    public static string Of(string text, int maxChars = DefaultMaxChars)
    {
        if (text.Length <= maxChars)
            return text;

        int half = maxChars / 2;
        int headEnd = text.LastIndexOf('\n', half - 1, half / 2) is var newline and > 0 ? newline : Boundary(text, half);
        int tailStart = text.IndexOf('\n', text.Length - half, half / 2) is var next and >= 0
            ? next + 1
            : Boundary(text, text.Length - half);
        return $"{text[..headEnd]}\n{TellLeftOut(tailStart - headEnd, "character")}\n{text[tailStart..]}";
    }

    private static string Of(TextSlice slice, int maxChars)
    {
        int half = maxChars / 2;
        long middle = slice.Start + half, last = slice.End - half;
        long headEnd = slice.Source.LastIndexOf((byte)'\n', middle - (half / 2), middle) is var newline and > 0
            ? newline : slice.Source.CodePointStart(middle, slice.Start);
        long tailStart = slice.Source.IndexOf((byte)'\n', last, last + (half / 2)) is var next and >= 0
            ? next + 1 : slice.Source.CodePointStart(last, headEnd);
        string head = (slice with { Length = headEnd - slice.Start }).Decode();
        string tail = (slice with { Start = tailStart, Length = slice.End - tailStart }).Decode();
        return $"{head}\n{TellLeftOut(tailStart - headEnd, "byte")}\n{tail}";
    }

    private static string OfItems(RlmType type, IReadOnlyList<Value> items, int maxChars, MatchPlace? place)
    {
        bool isTable = items.Any(item => item is RecordValue row && !ValueRenderer.IsText(row));
        RowColumns? columns = isTable ? RowColumns.Of(items) : null;
        string[] header = columns is null ? [] : [.. MarkdownTable.Header(columns)];
        string LineOf(int index) => columns is null ? PreviewLine.Of(items[index], MaxItemChars, place) : RowOf(columns, items[index]);

        int left = Math.Max(0, maxChars - header.Sum(line => line.Length + 1));
        var head = Take(Enumerable.Range(0, items.Count), LineOf, (int)(left * Slack), out int used);
        List<string> tail = [];
        if (head.Count < items.Count)
        {
            head = Take(Enumerable.Range(0, items.Count), LineOf, left / 2, out used);
            tail = Take(Enumerable.Range(0, items.Count - head.Count).Select(i => items.Count - 1 - i), LineOf, left - used, out _);
            tail.Reverse();
        }

        int shown = head.Count + tail.Count;
        string[] gap = shown < items.Count ? [TellLeftOut(items.Count - shown, "item")] : [];
        return string.Join('\n', [ValueCard.HeadOf(type, items, shown), .. header, .. head, .. gap, .. tail]);
    }

    /// <summary>A row whose cells are as long as all of them can be together.</summary>
    private static string RowOf(RowColumns columns, Value item)
    {
        string Row(int width) => MarkdownTable.Row(columns, item, cell => PreviewLine.Of(cell, width));
        string row = Row(MaxItemChars);
        if (row.Length > MaxItemChars)
            row = Row(Math.Max(LeastCellChars, (MaxItemChars / columns.Names.Count) - 3));
        return row;
    }

    private static List<string> Take(IEnumerable<int> indexes, Func<int, string> lineOf, int maxChars, out int used)
    {
        var lines = new List<string>();
        used = 0;
        foreach (int index in indexes)
        {
            string line = lineOf(index);
            if (used + line.Length + 1 > maxChars)
                break;
            used += line.Length + 1;
            lines.Add(line);
        }

        return lines;
    }

    private static int Boundary(string text, int at) => at > 0 && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private static string TellLeftOut(long count, string noun) => $"… {Amount.Of(count, noun)} left out …";
}
