using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Slides;

/// <summary>Writes a presentation slide by slide, each a place (<c>s3</c>), parted by a form feed on a line.</summary>
internal sealed class SlidesReader
{
    private readonly FilePackage _package;
    private readonly PartRelations _relations;
    private readonly IRlmFileText _text;
    private readonly BlockText _blocks;
    private readonly Dictionary<string, string> _authors = new(StringComparer.Ordinal);
    private readonly PartAttempts _parts;

    private SlidesReader(FilePackage package, string path, IRlmFileText text)
    {
        (_package, _text, _parts) = (package, text, new PartAttempts(text));
        _relations = PartRelations.Of(package, path);
        _blocks = new BlockText(text);
    }

    /// <param name="package">The file.</param>
    /// <param name="path">Its part with the presentation.</param>
    /// <param name="text">Takes the text.</param>
    /// <exception cref="PartException">No slide can be read.</exception>
    public static void Read(FilePackage package, string path, IRlmFileText text)
    {
        var reader = new SlidesReader(package, path, text);
        var slides = new List<string?>();
        package.ReadXml(path, xml =>
        {
            foreach (string name in xml.Children())
            {
                if (name != "sldIdLst")
                    continue;
                foreach (string _ in xml.Children())
                    slides.Add(xml.FindRelation());
            }
        });
        foreach (string authors in reader._relations.OfType("commentAuthors").Concat(reader._relations.OfType("authors")))
            reader._parts.Try("the authors of comments", () => package.ReadXml(authors, reader.ReadAuthors));
        for (int i = 0; i < slides.Count; i++)
            reader.ReadSlide(i + 1, slides[i]);
        if (reader._blocks.IsEmpty)
            throw new PartException(reader._parts.FirstProblem ?? "there is no text on its slides");
    }

    private void ReadAuthors(PartXml xml)
    {
        foreach (string _ in xml.Children())
        {
            if (xml.Find("id") is { } id)
                _authors[id] = xml.Find("name") ?? "";
        }
    }

    private void ReadSlide(int number, string? id)
    {
        var slide = new SlideShapes();
        bool isHidden = false;
        if (_relations.Find(id) is not { } path)
        {
            _text.AddGap(Invariant($"slide {number} is missing in the file"));
            return;
        }

        if (!_parts.Try(Invariant($"slide {number}"), () => _package.ReadXml(path, xml =>
        {
            isHidden = xml.Find("show") is not null && !xml.IsOn("show");
            slide.Read(xml);
        })))
            return;

        // Each slide has a part of its own, though it be empty, so that parts are counted as slides are.
        _blocks.StartPart(Invariant($"s{number}"));
        if (isHidden)
            _blocks.Write(new Block("[hidden]", BlockKind.Paragraph));
        foreach (var block in slide.Blocks)
            _blocks.Write(block);
        if (slide.UnknownSigns > 0)
            _text.AddGap(Invariant($"slide {number}: {slide.UnknownSigns:N0} {(slide.UnknownSigns == 1 ? "sign has" : "signs have")} no letter in Unicode that is known"));
        foreach (string kind in slide.UnknownNumbers)
            _text.AddGap(Invariant($"slide {number}: numbers of the kind {PartException.ToOneLine(kind)} are written in figures"));

        _parts.Try(Invariant($"what belongs to slide {number}"), () => ReadBeside(PartRelations.Of(_package, path), slide.Diagrams));
    }

    private void ReadBeside(PartRelations relations, IReadOnlyList<string> diagrams)
    {
        foreach (string diagram in diagrams)
        {
            if (relations.Find(diagram) is not { } path)
                continue;
            foreach (string line in DrawingText.ReadLines(_package, path))
                _blocks.Write(new Block($"- {line}", BlockKind.Item));
        }

        foreach (string path in relations.OfType("notesSlide"))
        {
            var notes = new SlideShapes { OnlyBody = true };
            _package.ReadXml(path, notes.Read);
            if (notes.Blocks.Count > 0)
                _blocks.Write(new Block($"[notes] {string.Join('\n', notes.Blocks.Select(block => block.Text))}", BlockKind.Paragraph));
        }

        foreach (string path in relations.OfType("comments"))
            _package.ReadXml(path, ReadComments);
    }

    private void ReadComments(PartXml xml)
    {
        string who = "";
        foreach (string name in xml.Descendants())
        {
            if (name is "cm" or "reply")
                who = _authors.GetValueOrDefault(xml.Find("authorId") ?? "") ?? "";
            string text = name switch
            {
                "text" => xml.ReadText(),
                "txBody" => string.Join('\n', DrawingText.Read(xml).Select(paragraph => paragraph.Text)),
                _ => "",
            };
            if (text.Length > 0)
                _blocks.Write(new Block($"[comment] {(who.Length > 0 ? $"{who}: " : "")}{text}", BlockKind.Paragraph));
        }
    }
}
