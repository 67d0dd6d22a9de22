using System.Text;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>What <c>parse html</c>, <c>parse html main</c> and <c>parse markdown</c> give.</summary>
internal static class MarkupText
{
    /// <summary>What is noted of a document whose cells span more than can be repeated.</summary>
    public const string SpansNote = "{has|have} cells that span too many others to be repeated in all of them";

    /// <summary>The text: of a whole source one of its own, of a part or a computed text a computed one that came from it.</summary>
    public static TextValue Of(
        TextInput text, bool isHtml, bool isMain, IDocumentReader reader, ParseNote note, CancellationToken cancellationToken)
    {
        var slice = text.Slice;
        bool isWhole = !text.IsComputed && slice == slice.Source.Whole;
        using var spool = new TextSpool(isWhole ? $"{slice.Source.Name} (text)" : slice.Source.Name);
        if (!isHtml)
            reader.WriteMarkdown(
                slice,
                spool,
                Count("stretch", "{is|are} nested too deeply and kept as written"),
                Count("table", "{is|are} kept as lines; `parse table` gives the rows"),
                cancellationToken);
        else if (!(isMain ? WriteMain(slice, reader, spool, note, cancellationToken) : Write(slice, reader, spool, note, cancellationToken)))
            note.Count("text", SpansNote, slice);

        var result = spool.ToSource().Whole;
        return isWhole ? new TextValue(result) : new TextValue(result.Decode(), text.IsComputed ? text.Origin : slice);

        Action<long> Count(string noun, string what) => start => note.Count(noun, what, slice with { Start = start, Length = 1 });
    }

    /// <summary>Counts what never ends, as a comment or an element that is not closed, by which all that follows is not read as HTML.</summary>
    public static void CountUnclosed(ParseNote note, string name, TextSlice place) =>
        note.Count($"unclosed `{name}`", "{takes|take} all that follows, which is not read as HTML", place);

    private static bool Write(
        TextSlice slice, IDocumentReader reader, TextSpool spool, ParseNote note, CancellationToken cancellationToken)
    {
        string html = slice.Decode();
        return reader.WriteHtml(html, spool, (name, at) => CountUnclosed(note, name, slice.At(html, at)), cancellationToken);
    }

    private static bool WriteMain(
        TextSlice slice, IDocumentReader reader, TextSpool spool, ParseNote note, CancellationToken cancellationToken)
    {
        string html = slice.Decode();
        int chars = 0;
        long bytes = 0;
        return reader.WriteMainHtml(
            html,
            spool,
            (kind, at) =>
            {
                // The parts come by their order, so that the page is counted once.
                at = Math.Clamp(at, chars, html.Length);
                bytes += Encoding.UTF8.GetByteCount(html.AsSpan(chars, at - chars));
                chars = at;
                note.Count("part", $"{kind} {{is|are}} left out", slice with { Start = slice.Start + Math.Min(bytes, slice.Length), Length = 0 });
            },
            () => note.Count("text", "{has|have} nothing that tells {its|their} main content, and {is|are} read whole", slice),
            (name, at) => CountUnclosed(note, name, slice.At(html, at)),
            cancellationToken);
    }
}
