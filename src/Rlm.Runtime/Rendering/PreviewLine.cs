using System.Globalization;
using System.Text;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>Items and lines cut to one short line, without decoding more than is shown.</summary>
internal static class PreviewLine
{
    /// <summary>An item on one line of at most so many characters, <c>…</c> where it was cut; control characters show as blanks.</summary>
    public static string Of(Value item, int maxChars) => Cut(Start(item, maxChars), maxChars);

    public static string Of(TextSlice slice, int maxChars) => Cut(Start(slice, maxChars), maxChars);

    private static string Start(Value item, int maxChars) => item switch
    {
        TextValue { Slice: { } slice } => Start(slice, maxChars),
        RecordValue record when ValueRenderer.IsText(record) && ValueRenderer.TextOf(record) is { } text =>
            record.Find("name") is { } name ? $"{ScalarText.Of(name)}: {Start(text, maxChars)}" : Start(text, maxChars),
        RecordValue record => $"{{{string.Join(", ", record.Shape.Names.Select((name, i) => $"{name}: {Start(record.Fields[i], maxChars)}"))}}}",
        ListValue { IsStreamed: false } list => $"[{string.Join(", ", list.Items.Take(maxChars / 2).Select(inner => Start(inner, maxChars)))}]",
        ListValue => "[…]",
        _ => ScalarText.Of(item)!,
    };

    private static string Start(TextSlice slice, int maxChars) =>
        slice.Length <= 4L * maxChars ? slice.Decode() : (slice with { Length = slice.Source.CodePointStart(slice.Start + (4L * maxChars), slice.Start) - slice.Start }).Decode();

    private static string Cut(string text, int maxChars)
    {
        var line = new StringBuilder(Math.Min(text.Length, maxChars));
        foreach (var rune in text.EnumerateRunes())
        {
            if (line.Length + rune.Utf16SequenceLength > maxChars)
            {
                line.Length = Math.Max(0, maxChars - 1);
                if (line.Length > 0 && char.IsHighSurrogate(line[^1]))
                    line.Length--;
                return line.Append('…').ToString();
            }

            line.Append(IsShown(rune) ? rune.ToString() : " ");
        }

        return line.ToString();
    }

    /// <summary>Whether the sign may be shown: no control characters, and none that reorder or hide the text around them.</summary>
    private static bool IsShown(Rune rune) => Rune.GetUnicodeCategory(rune) is not (UnicodeCategory.Control or UnicodeCategory.Format
        or UnicodeCategory.LineSeparator or UnicodeCategory.ParagraphSeparator);
}
