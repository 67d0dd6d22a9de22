using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Rendering;

/// <summary>Lines from a text's head, middle and tail, found from their places without reading what is between.</summary>
internal static class TextPreview
{
    /// <summary>A text's first line is its header, or says what the rest is, and so may be longer.</summary>
    private const int MaxFirstLineChars = 400;

    public static List<string> Lines(TextSlice slice, int maxLineChars, int maxLines, int maxChars)
    {
        var text = slice.WithoutLineEnd();
        var all = Read(text, text.Start, maxLines + 1, out bool isAll);
        if (isAll && all.Count <= maxLines && all.Select(WidthOf).Sum() <= maxChars)
            return [.. all.Select((line, i) => PreviewLine.Of(line, LimitOf(i)))];

        int[] sizes = [5, 2, 3];
        int width = Math.Clamp((int)((maxChars - 60 - WidthOf(all[0], 0)) / (sizes.Sum() - 1)) - 3, 10, maxLineChars);
        var lines = new List<string>();
        long next = text.Start;
        foreach (var (start, count) in ((long, int)[])[(text.Start, sizes[0]), (LineStart(text, text.Start + (text.Length / 2)), sizes[1]),
            (TailStart(text, sizes[2]), sizes[2])])
        {
            long from = Math.Max(start, next);
            if (from > next && slice.Source.Lines is var index)
                lines.Add(More(index.LineOf(from) - index.LineOf(next)));
            foreach (var line in Read(text, from, count, out _))
            {
                lines.Add(PreviewLine.Of(line, lines.Count == 0 ? LimitOf(0) : width));
                next = Math.Min(text.End, line.End + 1);
                // A CR before the line end belongs to it.
                if (next < text.End && text.Source.GetSpan(next - 1, 1)[0] == '\r')
                    next++;
            }
        }

        return lines;

        int LimitOf(int index) => index == 0 ? Math.Max(MaxFirstLineChars, maxLineChars) : maxLineChars;
        long WidthOf(TextSlice line, int index) => Math.Min(line.Length, LimitOf(index)) + 3;
    }

    /// <summary>The line that stands for what is left out.</summary>
    public static string More(long count) => Invariant($"… {count:N0} more");

    private static List<TextSlice> Read(TextSlice text, long start, int count, out bool isAll)
    {
        var lines = new List<TextSlice>();
        using var scanner = new LineScanner(text with { Start = start, Length = text.End - start });
        while (lines.Count < count && scanner.MoveNext())
            lines.Add(new TextSlice(text.Source, scanner.Start, scanner.Length));
        isAll = scanner.Next >= text.End;
        return lines;
    }

    private static long LineStart(TextSlice text, long at) =>
        text.Source.LastIndexOf((byte)'\n', text.Start, at) is var newline and >= 0 ? newline + 1 : text.Start;

    private static long TailStart(TextSlice text, int count) => TextUnit.Lines.Retreat(text, text.Start, text.End, count);
}
