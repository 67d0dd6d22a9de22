using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>A paragraph while it is read.</summary>
internal sealed class WordParagraph
{
    private const int MaxHeading = 6;
    private const int Indent = 2;
    private const int NoOutline = 9;

    private readonly MarkedText _text = new();
    private string? _numbering;
    private int? _level;
    private int? _outline;

    /// <summary>What its shapes hold, which stands behind it.</summary>
    public List<Block> Boxes { get; } = [];

    public string? Style { get; private set; }

    public void Append(string text, TextMarks marks = TextMarks.None) => _text.Append(text, marks);

    /// <summary>Reads <c>pPr</c>.</summary>
    /// <param name="xml">Stands on it.</param>
    /// <param name="onSection">Reads the headers and footers of a section that ends here.</param>
    /// <param name="onChange">Is told a tracked change of the paragraph's end.</param>
    public void ReadProperties(PartXml xml, Action<PartXml> onSection, Action onChange)
    {
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "pStyle":
                    Style = xml.Find("val");
                    break;
                case "outlineLvl":
                    _outline = xml.FindNumber("val");
                    break;
                case "sectPr":
                    onSection(xml);
                    break;
                case "rPr":
                    foreach (string property in xml.Children())
                    {
                        if (property is "del" or "ins" or "moveFrom" or "moveTo")
                            onChange();
                    }

                    break;
                case "numPr":
                    foreach (string part in xml.Children())
                    {
                        if (part == "numId")
                            _numbering = xml.Find("val");
                        else if (part == "ilvl")
                            _level = xml.FindNumber("val");
                    }

                    break;
            }
        }
    }

    /// <summary>How it is written; null where it is empty. It counts in its list all the same.</summary>
    public Block? ToBlock(WordStyles styles, WordNumbering numbering)
    {
        var style = styles.Find(Style);
        var label = numbering.Count(_numbering ?? style.NumberingId, _level ?? style.Level, Style);
        string text = _text.ToString().ReplaceLineEndings("\n").TrimEnd().TrimStart('\n', ' ');
        if (text.Length == 0)
            return null;

        string before = label?.Text is { } mark ? $"{mark} " : "";
        if ((_outline ?? style.Outline) is >= 0 and < NoOutline and var outline)
        {
            // A bullet of a heading is an ornament.
            string number = before == "- " ? "" : before;
            string line = text.ReplaceLineEndings(" ").Replace('\t', ' ');
            return new Block($"{new string('#', Math.Min(outline + 1, MaxHeading))} {number}{line}", BlockKind.Paragraph);
        }

        return before.Length == 0
            ? new Block(text, BlockKind.Paragraph)
            : new Block($"{new string(' ', Indent * label!.Level)}{before}{text}", BlockKind.Item);
    }
}
