using UglyToad.PdfPig.Annotations;
using UglyToad.PdfPig.Content;

namespace Rlm.Files.Pdf;

/// <summary>What readers wrote onto the pages of a PDF, which is not a part of their text.</summary>
internal sealed class PdfNotes(PdfTokens tokens)
{
    private readonly List<int> _unread = [];

    /// <summary>The notes of a page, a line for each as <c>[note by Ann: see clause 4]</c>.</summary>
    public IReadOnlyList<string> LinesOf(Page page)
    {
        var lines = new List<string>();
        foreach (var note in page.GetAnnotations())
        {
            if (note.Type is AnnotationType.Link or AnnotationType.Widget or AnnotationType.Popup)
                continue;
            string? words = tokens.TextOf(tokens.Find(note.AnnotationDictionary, "Contents")) is { } content && !string.IsNullOrWhiteSpace(content)
                ? content
                : tokens.RichTextOf(tokens.Find(note.AnnotationDictionary, "RC"));
            if (words is not null)
                lines.Add(Line("note", tokens.TextOf(tokens.Find(note.AnnotationDictionary, "T")) is { Length: > 0 } author ? $"by {author}" : "", words));
            else if (note is { Type: AnnotationType.Stamp or AnnotationType.FreeText, HasNormalAppearance: true } && _unread.LastOrDefault() != page.Number)
                _unread.Add(page.Number);
        }

        return lines;
    }

    public void TellGap(IRlmFileText text)
    {
        if (_unread.Count > 0)
            text.AddGap($"{PdfPages.List(_unread)} {(_unread.Count == 1 ? "has" : "have")} stamps or added texts that are not read; print the file to another PDF first");
    }

    /// <summary>A line in brackets.</summary>
    public static string Line(string kind, string name, string value) =>
        $"[{kind}{(name.Length > 0 ? " " : "")}{ToOneLine(name)}: {ToOneLine(value)}]";

    private static string ToOneLine(string text) =>
        string.Join(' ', text.Split((char[])['\r', '\n', '\f', '\0', '\t', ' '], StringSplitOptions.RemoveEmptyEntries));
}
