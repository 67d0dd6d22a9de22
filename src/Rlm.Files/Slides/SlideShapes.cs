using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Slides;

/// <summary>The text of a slide's shapes, its titles first.</summary>
internal sealed class SlideShapes
{
    private const int Indent = 2;
    private const int MaxRepeatedChars = 1000;

    private readonly List<Block> _titles = [];
    private readonly List<Block> _others = [];
    private readonly List<string> _diagrams = [];

    /// <summary>Whether only the body counts, as on a page of notes, which shows the slide too.</summary>
    public bool OnlyBody { get; init; }

    public IReadOnlyList<Block> Blocks => [.. _titles, .. _others];

    /// <summary>The relationships of its diagrams.</summary>
    public IReadOnlyList<string> Diagrams => _diagrams;

    /// <summary>How many signs of fonts are not known.</summary>
    public int UnknownSigns { get; private set; }

    /// <summary>The kinds of numbers that are not known, so that they are written in figures.</summary>
    public HashSet<string> UnknownNumbers { get; } = new(StringComparer.Ordinal);

    /// <summary>Reads a slide.</summary>
    public void Read(PartXml xml)
    {
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "sp":
                    ReadShape(xml);
                    break;
                case "tbl" when !OnlyBody:
                    ReadTable(xml);
                    break;
                case "relIds" when !OnlyBody && xml.FindRelation("dm") is { } diagram:
                    _diagrams.Add(diagram);
                    break;
                case "AlternateContent":
                    foreach (string _ in xml.Choices())
                        Read(xml);
                    break;
                case "cSld" or "spTree" or "grpSp" or "graphicFrame" or "graphic" or "graphicData":
                    Read(xml);
                    break;
            }
        }
    }

    private void ReadShape(PartXml xml)
    {
        string? kind = null;
        List<DrawingParagraph> paragraphs = [];
        foreach (string name in xml.Children())
        {
            if (name == "nvSpPr")
            {
                foreach (string part in xml.Descendants())
                {
                    if (part == "ph")
                        kind = xml.Find("type") ?? "obj";
                }
            }
            else if (name == "txBody")
            {
                paragraphs = DrawingText.Read(xml);
            }
        }

        // The number of the slide and the day that it is shown on do not belong to its text.
        if (paragraphs.Count == 0 || kind is "sldNum" or "dt" || (OnlyBody && kind != "body"))
            return;
        UnknownSigns += paragraphs.Sum(paragraph => paragraph.UnknownSigns);
        if (kind is "title" or "ctrTitle")
        {
            string title = string.Join(' ', paragraphs.Select(one => one.Text.ReplaceLineEndings(" ")));
            _titles.Add(new Block($"# {title}", BlockKind.Paragraph));
        }
        else
        {
            AddParagraphs(paragraphs, areItems: !OnlyBody && kind is "body" or "obj");
        }
    }

    private void AddParagraphs(List<DrawingParagraph> paragraphs, bool areItems)
    {
        int[] counts = new int[9], starts = new int[9];
        string?[] kinds = new string?[9];
        foreach (var paragraph in paragraphs)
        {
            Array.Clear(counts, paragraph.Level + 1, counts.Length - paragraph.Level - 1);
            if (!(paragraph.IsItem ?? areItems))
            {
                Array.Clear(counts);
                _others.Add(new Block(paragraph.Text, BlockKind.Paragraph));
                continue;
            }

            if (paragraph.Numbering != kinds[paragraph.Level] || paragraph.Start != starts[paragraph.Level])
                counts[paragraph.Level] = 0;
            (kinds[paragraph.Level], starts[paragraph.Level]) = (paragraph.Numbering, paragraph.Start);
            string mark = paragraph.Numbering is { } numbering ? NumberOf(paragraph.Start + counts[paragraph.Level]++, numbering) : "-";
            _others.Add(new Block($"{new string(' ', Indent * paragraph.Level)}{mark} {paragraph.Text}", BlockKind.Item));
        }
    }

    private string NumberOf(int number, string kind)
    {
        if (SlideNumber.Write(number, kind) is { } shown)
            return shown;

        UnknownNumbers.Add(kind);
        return Invariant($"{number}.");
    }

    private void ReadTable(PartXml xml)
    {
        int columns = 0;
        bool hasRows = false;
        List<string> above = [];
        foreach (string name in xml.Children())
        {
            if (name != "tr")
                continue;

            var cells = new List<string>();
            foreach (string cell in xml.Children())
            {
                if (cell != "tc")
                    continue;

                // A cell that spans rows stands in each, but not a long text.
                bool isBelow = xml.Find("vMerge") is not null && xml.IsOn("vMerge");
                var paragraphs = DrawingText.Read(xml);
                UnknownSigns += paragraphs.Sum(paragraph => paragraph.UnknownSigns);
                string text = string.Join('\n', paragraphs.Select(paragraph => paragraph.Text));
                bool isRepeated = isBelow && cells.Count < above.Count && above[cells.Count].Length <= MaxRepeatedChars;
                cells.Add(isRepeated ? above[cells.Count] : text);
            }

            columns = hasRows ? columns : cells.Count;
            _others.Add(new Block(TableRow.Of(cells, columns), hasRows ? BlockKind.Row : BlockKind.FirstRow, columns));
            hasRows = true;
            above = cells;
        }
    }
}
