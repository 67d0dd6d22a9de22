using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Encodings;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>What a variable is: type and size in one line, then lines from its head, middle and tail, each after <c>| </c>.</summary>
internal static class ValueCard
{
    public const int DefaultMaxChars = 1_500;

    private const int MaxLineChars = 200;
    private const int MaxLines = 30;
    private const int MaxTypeChars = 600;

    /// <summary>A text of at most so many bytes is shown whole.</summary>
    private const int MaxWholeBytes = 3_000;

    /// <summary>The card of a variable.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value; a list that is streamed is read.</param>
    /// <param name="maxChars">The most characters that the card has, but for a small text, which is whole.</param>
    public static string Of(string name, RlmType type, Value value, int maxChars = DefaultMaxChars) =>
        Write($"{name}: ", type, value, new Bounds(maxChars, MaxWholeBytes, IsOfCard: true));

    /// <summary>The card without a name, as <c>describe</c> gives it.</summary>
    public static string Describe(RlmType type, Value value, int maxChars = DefaultMaxChars) =>
        Write("", type, value, new Bounds(maxChars, MaxWholeBytes, IsOfCard: true));

    /// <summary>The card of a value of the host, whose preview alone is bounded; a value that is no longer than that is whole.</summary>
    /// <param name="name">The variable.</param>
    /// <param name="type">Its type.</param>
    /// <param name="value">Its value.</param>
    /// <param name="previewChars">The most characters of its preview.</param>
    public static string OfHosted(string name, RlmType type, Value value, int previewChars)
    {
        bool maybeWhole = value is RecordValue || (value is ListValue { KnownCount: { } count } && count <= previewChars);
        if (maybeWhole && JsonText.Of(value) is var json && json.Length <= previewChars)
            return $"{name}: {(value is ListValue list ? HeadOf(type, list.ReadAll()) : TypeText(type))} = {json}";

        string? text = (value as TextValue)?.ToString();
        return Write($"{name}: ", type, value, new Bounds(previewChars, text?.Length <= previewChars ? long.MaxValue : 0, IsOfCard: false));
    }

    private static string Write(string prefix, RlmType type, Value value, Bounds bounds)
    {
        var card = new StringBuilder();
        if (value is ListValue list)
        {
            var items = list.ReadAll();
            card.Append(prefix).Append(HeadOf(type, items));
            AppendLines(card, PreviewLines(items.Count, (i, width) => PreviewLine.Of(items[i], width), bounds.Behind(card)));
        }
        else if (value is TextValue text)
        {
            var slice = text.Written;
            card.Append(prefix).Append(HeadOf(type, slice, isNamed: text.Slice is not null));
            if (slice.Length <= bounds.WholeBytes)
                return WithWhole(card, slice);
            AppendLines(card, TextPreview.Lines(slice, MaxLineChars, MaxLines, bounds.Behind(card)));
        }
        else
        {
            string shown = value is RecordValue ? "" : $" = {PreviewLine.Of(value, MaxLineChars)}";
            card.Append(prefix).Append(TypeText(type)).Append(shown);
            if (value is RecordValue record)
            {
                AppendLines(card, PreviewLines(record.Fields.Count,
                    (i, width) => PreviewLine.Of(
                        new TextValue($"{record.Shape.Names[i]}: {PreviewLine.Of(record.Fields[i], width)}"),
                        width), bounds.Behind(card)));
            }
        }

        return !bounds.IsOfCard || card.Length <= bounds.Chars
            ? card.ToString()
            : PreviewLine.Of(new TextValue(card.ToString(0, bounds.Chars)), bounds.Chars);
    }

    private static string WithWhole(StringBuilder card, TextSlice text)
    {
        int most = (int)Math.Max(MaxWholeBytes, text.Length);
        AppendLines(card, TextPreview.Lines(text, most, most, int.MaxValue));
        return card.ToString();
    }

    /// <summary>The type and size of a list in one line, and how many of its items are shown where those are not all.</summary>
    internal static string HeadOf(RlmType type, IReadOnlyList<Value> items, int? shown = null)
    {
        string count = shown < items.Count ? $"{Amount.Of(shown.Value, items.Count, "item")} shown" : Number(items.Count, "item");
        bool isDocuments = items.Count > 0
            && items.All(item => item is RecordValue row && row.Shape.TextField is not null && ValueRenderer.IsText(row));
        if (!isDocuments)
            return $"{TypeText(type)}, {count}";

        long bytes = 0;
        foreach (var item in items)
            bytes += (ValueRenderer.TextOf((RecordValue)item) as TextValue)?.LengthBytes ?? 0;
        // What a mail has beside its text stands nowhere else in a prompt.
        string fields = (type.Required as ListType)?.Item.Required == RlmType.Mail
            ? $" {{{string.Join(", ", RlmType.Mail.Fields.Select(field => field.Name))}}}" : "";
        return $"{TypeText(type)}{fields}, {count}, {Number(bytes, "byte")}";
    }

    private static string HeadOf(RlmType type, TextSlice slice, bool isNamed = true)
    {
        long lines = slice.Length == 0 ? 0 : slice.LastLine - slice.FirstLine + 1;
        bool isWhole = slice.Start == 0 && slice.Length == slice.Source.LengthBytes;
        // A file's name may hold anything, line ends too; where it lies is nobody's business.
        string place = isNamed
            ? $" ({PreviewLine.Of(new TextValue(FileName(isWhole ? slice.Source.Name : slice.Cite)), MaxLineChars)})"
            : "";
        return $"{TypeText(type)}, {Number(lines, "line")}, {Number(slice.Length, "byte")}{place}{LooksLike(slice)}";
    }

    private static string LooksLike(TextSlice slice)
    {
        var start = slice.Source.GetSpan(slice.Start, (int)Math.Min(slice.Length, MaxLineChars)).TrimStart(" \t\r\n"u8);
        return slice.Source.LikelyEncoding is { } encoding
            ? encoding == EncodingGuess.DamagedUtf8 ? ", UTF-8 with bytes that are not"
                : $", no UTF-8: looks like {encoding}, so letters that are not ASCII are not found"
            : slice.Source.LooksBinary ? ", looks binary"
            : Ascii.EqualsIgnoreCase(start[..Math.Min(start.Length, 14)], "<!doctype html"u8)
                || Ascii.EqualsIgnoreCase(start[..Math.Min(start.Length, 5)], "<html"u8)
                ? ", looks like HTML: `parse html` gives its text, `parse html main` its main content, `parse table` the rows of its first table"
                : "";
    }

    private static string FileName(string name) => name[(name.LastIndexOfAny(['/', '\\']) + 1)..];

    /// <summary>
    /// The type without a sign for fields that are not known; of a wide row only the first fields, and how many more there are.
    /// </summary>
    internal static string TypeText(RlmType type)
    {
        var known = Close(type);
        if (known.ToString() is var text && text.Length <= MaxTypeChars)
            return text;
        if (((known.Required as ListType)?.Item ?? known.Required) is not RecordType row)
            return $"{text[..text.LastIndexOf(' ', MaxTypeChars)]} and more";

        int shown = 0;
        for (int length = 0; shown < row.Fields.Count
            && (length += row.Fields[shown].Name.Length + row.Fields[shown].Type.ToString().Length + 4) < MaxTypeChars;)
            shown++;
        return $"{(known.Required is ListType ? "list of " : "")}{row with { Fields = [.. row.Fields.Take(shown)] }} and {Number(row.Fields.Count - shown, "more field")}";
    }

    private static RlmType Close(RlmType type) => type switch
    {
        ListType list => RlmType.ListOf(Close(list.Item)),
        OptionalType optional => Close(optional.Inner).OrNone,
        RecordType { Alias: null } row => row with
        {
            IsOpen = false,
            Alias = row is { IsOpen: true, Fields.Count: 0 } ? "row" : null,
            Fields = [.. row.Fields.Select(field => field with { Type = Close(field.Type) })],
        },
        _ => type,
    };

    private static string Number(long count, string noun) => Amount.Of(count, noun);

    private static void AppendLines(StringBuilder card, IEnumerable<string> lines)
    {
        foreach (string line in lines)
            card.Append("\n| ").Append(line);
    }

    /// <summary>All items where they fit, else some from head, middle and tail with a line that says how many are between.</summary>
    private static List<string> PreviewLines(int count, Func<int, int, string> lineOf, int maxChars)
    {
        if (count <= MaxLines)
        {
            var all = new List<string>(count);
            int used = 0;
            for (int i = 0; i < count && used <= maxChars; i++)
            {
                all.Add(lineOf(i, MaxLineChars));
                used += all[^1].Length + 3;
            }

            if (used <= maxChars)
                return all;
        }

        int[] sizes = count >= 9 ? [3, 1, 2] : [2, 0, 1];
        int shown = Math.Min(count, sizes.Sum());
        int width = Math.Clamp((maxChars - 60) / Math.Max(1, shown) - 3, 10, MaxLineChars);
        var lines = new List<string>();
        int next = 0;
        foreach (var (start, length) in ((int, int)[])[(0, sizes[0]), ((count - sizes[1]) / 2, sizes[1]), (count - sizes[2], sizes[2])])
        {
            if (length == 0)
                continue;
            if (start > next)
                lines.Add(TextPreview.More(start - next));
            for (int i = Math.Max(start, next); i < Math.Min(count, start + length); i++)
                lines.Add(lineOf(i, width));
            next = Math.Max(next, start + length);
        }

        return lines;
    }

    /// <summary>How long a card may be.</summary>
    /// <param name="Chars">The most characters, of the card or of its preview.</param>
    /// <param name="WholeBytes">A text of at most so many bytes is shown whole.</param>
    /// <param name="IsOfCard">Whether the characters are those of the whole card.</param>
    private readonly record struct Bounds(int Chars, long WholeBytes, bool IsOfCard)
    {
        /// <summary>Characters that are left for the preview.</summary>
        public int Behind(StringBuilder head) => IsOfCard ? Chars - head.Length : Chars;
    }
}
