using System.Globalization;
using System.Text;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>A place in the first match in a text; -1 where it has none.</summary>
internal delegate int MatchPlace(ReadOnlySpan<byte> text);

/// <summary>Items and lines cut to one short line, without decoding more than is shown.</summary>
internal static class PreviewLine
{
    /// <summary>How a line break and a tab show.</summary>
    public const char LineBreak = '⏎';
    public const char Tab = '⇥';

    private const int MaxSearchedBytes = 1024 * 1024;

    /// <summary>
    /// An item on one line of at most so many characters, <c>…</c> where it was cut; other control characters show as blanks.
    /// </summary>
    public static string Of(Value item, int maxChars) => Cut(Start(item, maxChars), maxChars);

    /// <summary>The same of a long text around a place in it.</summary>
    public static string Of(Value item, int maxChars, MatchPlace? place)
    {
        if (place is null || item is not TextValue text || text.LengthBytes <= maxChars)
            return Of(item, maxChars);

        var slice = text.Written;
        int at = place(slice.Source.GetSpan(slice.Start, (int)Math.Min(slice.Length, MaxSearchedBytes)));
        int before = maxChars / 2;
        if (at <= before)
            return Of(item, maxChars);

        long start = slice.Source.CodePointStart(slice.Start + at - before, slice.Start);
        return "…" + Of(slice with { Start = start, Length = slice.End - start }, maxChars - 1);
    }

    public static string Of(TextSlice slice, int maxChars) => Cut(Start(slice, maxChars), maxChars);

    private static string Start(Value item, int maxChars) => item switch
    {
        TextValue { Slice: { } slice } => Start(slice, maxChars),
        RecordValue record when ValueRenderer.IsText(record) && ValueRenderer.TextOf(record) is { } text =>
            record.Find("name") is { } name ? $"{ScalarText.Of(name)}: {Start(text, maxChars)}" : Start(text, maxChars),
        RecordValue record =>
            $"{{{string.Join(", ", record.Shape.Names.Select((name, i) => $"{name}: {Start(record.Fields[i], maxChars)}"))}}}",
        ListValue { IsStreamed: false } list =>
            $"[{string.Join(", ", list.Items.Take(maxChars / 2).Select(inner => Start(inner, maxChars)))}]",
        ListValue => "[…]",
        _ => ScalarText.Of(item)!,
    };

    private static string Start(TextSlice slice, int maxChars) =>
        slice.Length <= 4L * maxChars
            ? slice.Decode()
            : (slice with { Length = slice.Source.CodePointStart(slice.Start + (4L * maxChars), slice.Start) - slice.Start }).Decode();

    private static string Cut(string text, int maxChars)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxChars));
        foreach (var rune in text.Replace("\r\n", "\n", StringComparison.Ordinal).EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > maxChars)
            {
                line.Length = Math.Max(0, maxChars - 1);
                if (line.Length > 0 && char.IsHighSurrogate(line[^1]))
                    line.Length--;
                return line.Append('…').ToString();
            }

            line.Append(rune.Value switch
            {
                '\n' or '\r' => LineBreak.ToString(),
                '\t' => Tab.ToString(),
                _ => IsShown(rune) ? rune.ToString() : " ",
            });
        }

        return line.ToString();
    }

    /// <summary>Whether the sign may be shown: no control characters, and none that reorder or hide the text around them.</summary>
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
