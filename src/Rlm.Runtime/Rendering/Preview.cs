using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>A result as it is shown: its type and size, then its head and tail, and what was left out between them.</summary>
internal static class Preview
{
    public const int DefaultMaxChars = 4_000;

    private const int MaxItemChars = 400;

    /// <summary>A value with its type; of a large one only what is shown is rendered.</summary>
    /// <param name="type">The value's type.</param>
    /// <param name="value">The value; a list that is streamed is read.</param>
    /// <param name="maxChars">About the most characters shown.</param>
    public static string Of(RlmType type, Value value, int maxChars = DefaultMaxChars)
    {
        if (value is ListValue list)
            return OfItems(type, list.ReadAll(), maxChars);
        if (value is TextValue { Slice: { } slice } && slice.Length > maxChars)
            return Of(slice, maxChars);
        return Of(ValueRenderer.AsAnswer(value), maxChars);
    }

    /// <summary>A text's head and tail, cut at line ends where there are some near.</summary>
    public static string Of(string text, int maxChars = DefaultMaxChars)
    {
        if (text.Length <= maxChars)
            return text;

        int half = maxChars / 2;
        int headEnd = text.LastIndexOf('\n', half - 1, half / 2) is var newline and > 0 ? newline : Boundary(text, half);
        int tailStart = text.IndexOf('\n', text.Length - half, half / 2) is var next and >= 0 ? next + 1 : Boundary(text, text.Length - half);
        return $"{text[..headEnd]}\n{TellLeftOut(tailStart - headEnd, "characters")}\n{text[tailStart..]}";
    }

    private static string Of(TextSlice slice, int maxChars)
    {
        int half = maxChars / 2;
        long headEnd = slice.Source.CodePointStart(slice.Start + half, slice.Start);
        long tailStart = slice.Source.CodePointStart(slice.End - half, headEnd);
        string head = (slice with { Length = headEnd - slice.Start }).Decode();
        string tail = (slice with { Start = tailStart, Length = slice.End - tailStart }).Decode();
        return $"{head}\n{TellLeftOut(tailStart - headEnd, "bytes")}\n{tail}";
    }

    private static string OfItems(RlmType type, IReadOnlyList<Value> items, int maxChars)
    {
        var shown = new StringBuilder(ValueCard.HeadOf(type, items));
        bool isTable = items.Any(item => item is RecordValue row && !ValueRenderer.IsText(row));
        RowColumns? columns = isTable ? RowColumns.Of(items) : null;
        foreach (string line in columns is null ? [] : MarkdownTable.Header(columns))
            shown.Append('\n').Append(line);

        string LineOf(int index) => columns is null ? PreviewLine.Of(items[index], MaxItemChars) : Clip(MarkdownTable.Row(columns, items[index], cell => PreviewLine.Of(cell, MaxItemChars)));
        int left = Math.Max(0, maxChars - shown.Length);
        var head = Take(Enumerable.Range(0, items.Count), LineOf, left / 2, out int used);
        var tail = Take(Enumerable.Range(0, items.Count - head.Count).Select(i => items.Count - 1 - i), LineOf, left - used, out _);
        tail.Reverse();
        foreach (string line in head)
            shown.Append('\n').Append(line);
        if (head.Count + tail.Count < items.Count)
            shown.Append('\n').Append(TellLeftOut(items.Count - head.Count - tail.Count, "items"));
        foreach (string line in tail)
            shown.Append('\n').Append(line);
        return shown.ToString();
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

    private static string Clip(string row) => row.Length <= MaxItemChars ? row : string.Concat(row.AsSpan(0, Boundary(row, MaxItemChars - 3)), "… |");

    private static int Boundary(string text, int at) => at > 0 && char.IsLowSurrogate(text[at]) ? at - 1 : at;

    private static string TellLeftOut(long count, string what) => Invariant($"… {count:N0} {what} left out …");
}
