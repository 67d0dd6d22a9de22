using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>
/// Writes a Word document: its paragraphs, each a place (<c>¶12</c>), then its notes, comments, headers and footers, each at a
/// place of its own.
/// </summary>
internal sealed class WordDocument
{
    private readonly FilePackage _package;
    private readonly string _path;
    private readonly WordContext _context;
    private readonly BlockText _blocks;
    private readonly IRlmFileText _text;
    private int _paragraphs;

    private WordDocument(FilePackage package, string path, IRlmFileText text)
    {
        (_package, _path, _text) = (package, path, text);
        _context = new WordContext(package, PartRelations.Of(package, path));
        _blocks = new BlockText(text);
    }

    /// <param name="package">The file.</param>
    /// <param name="path">Its part with the document.</param>
    /// <param name="text">Takes the text.</param>
    /// <exception cref="PartException">The document or what it is numbered by is damaged.</exception>
    public static void Read(FilePackage package, string path, IRlmFileText text)
    {
        var reader = new WordDocument(package, path, text);
        reader.ReadBody();
        reader.ReadNotes(reader._context.Footnotes, "footnotes", "footnote");
        reader.ReadNotes(reader._context.Endnotes, "endnotes", "endnote");
        reader.ReadNotes(reader._context.Comments, "comments", "comment");
        reader.ReadMargins();
        if (reader._blocks.IsEmpty)
            throw new PartException("there is no text in it");
        foreach (string format in reader._context.Numbering.UnknownFormats)
            reader._context.Losses.Add($"numbers of the format {PartException.ToOneLine(format)} are written in figures");
        reader._context.Losses.TellTo(text);
    }

    private void ReadBody()
    {
        var body = new WordBody(_context);
        _package.ReadXml(_path, xml =>
        {
            foreach (string name in xml.Children())
            {
                if (name == "body")
                    body.Read(xml, block => _blocks.Write(block, Invariant($"¶{++_paragraphs}")));
            }
        });
        if (body.IsInCode)
            _text.AddGap("a field does not end, so that text behind it may be missing");
    }

    /// <summary>The notes that the text refers to, behind it. One that refers to another comes to it.</summary>
    private void ReadNotes(WordNotes notes, string type, string element)
    {
        if (notes.Count == 0)
            return;

        var texts = new Dictionary<string, string>(StringComparer.Ordinal);
        Try(() =>
        {
            foreach (string path in _context.Relations.OfType(type).Take(1))
                _package.ReadXml(path, xml => ReadNotes(xml, element, texts));
        });
        int missing = 0;
        foreach (var (id, mark, place) in notes.All())
        {
            if (texts.TryGetValue(id, out string? note))
                _blocks.Write(new Block($"{mark}{(mark[1] == '^' ? ": " : " ")}{note}", BlockKind.Paragraph), place);
            else
                missing++;
        }

        if (missing > 0)
            _text.AddGap(Invariant($"{missing:N0} {(missing == 1 ? $"{notes.Kind} is" : $"{notes.Kind}s are")} missing in the file"));
    }

    private void ReadNotes(PartXml xml, string element, Dictionary<string, string> texts)
    {
        foreach (string name in xml.Children())
        {
            if (name != element || xml.Find("id") is not { } id)
                continue;

            string author = element != "comment" || xml.Find("author") is not { } by ? ""
                : xml.Find("date") is { Length: >= 10 } date ? $"{by}, {date[..10]}: " : $"{by}: ";
            texts.TryAdd(id, author + ReadStory(xml));
        }
    }

    /// <summary>Headers and footers; those with the same text once.</summary>
    private void ReadMargins()
    {
        var written = new HashSet<string>(StringComparer.Ordinal);
        int headers = 0, footers = 0;
        foreach (var (kind, path) in _context.Margins)
        {
            string story = "";
            Try(() => _package.ReadXml(path, xml => story = ReadStory(xml)));
            if (story.Length == 0 || !written.Add($"{kind} {story}"))
                continue;

            int number = kind == "header" ? ++headers : ++footers;
            _blocks.Write(new Block($"[{kind}] {story}", BlockKind.Paragraph), Invariant($"{kind} {number}"));
        }
    }

    private string ReadStory(PartXml xml)
    {
        var lines = new List<string>();
        new WordBody(_context).Read(xml, block => lines.Add(block.Text));
        return string.Join('\n', lines);
    }

    private void Try(Action read)
    {
        try
        {
            read();
        }
        catch (PartException exception)
        {
            _text.AddGap(exception.Message);
        }
    }
}
