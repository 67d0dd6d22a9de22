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

    /// <summary>Reads a slide.</summary>
    public void Read(PartXml xml)
    {
        bool hasChoice = false;
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
                case "Choice":
                    hasChoice = true;
                    Read(xml);
                    break;
                case "cSld" or "spTree" or "grpSp" or "graphicFrame" or "graphic" or "graphicData" or "AlternateContent":
                case "Fallback" when !hasChoice:
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
        int[] counts = new int[9];
        foreach (var paragraph in paragraphs)
        {
            Array.Clear(counts, paragraph.Level + 1, counts.Length - paragraph.Level - 1);
            if (!(paragraph.IsItem ?? areItems))
            {
                Array.Clear(counts);
                _others.Add(new Block(paragraph.Text, BlockKind.Paragraph));
                continue;
            }

            string mark = paragraph.IsNumbered ? Invariant($"{paragraph.Start + counts[paragraph.Level]++}.") : "-";
            _others.Add(new Block($"{new string(' ', Indent * paragraph.Level)}{mark} {paragraph.Text}", BlockKind.Item));
        }
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
                string text = string.Join('\n', DrawingText.Read(xml).Select(paragraph => paragraph.Text));
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
