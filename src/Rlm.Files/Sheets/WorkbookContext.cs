using Rlm.Files.Packages;

namespace Rlm.Files.Sheets;

/// <summary>What the sheets of a workbook share: texts, formats, and where days begin.</summary>
internal sealed class WorkbookContext
{
    // The longest texts of a workbook together, in characters; they are kept in memory.
    private const long MaxSharedChars = 128 * 1024 * 1024;

    private readonly List<string> _texts = [];
    private readonly List<CellFormat> _formats = [];

    public WorkbookContext(FilePackage package, PartRelations relations, PartAttempts parts)
    {
        foreach (string path in relations.OfType("sharedStrings").Take(1))
            parts.Try("the texts that its cells share", () => package.ReadXml(path, ReadTexts));
        foreach (string path in relations.OfType("styles").Take(1))
        {
            if (!parts.Try("what tells dates from numbers in its cells", () => package.ReadXml(path, ReadFormats)))
                _formats.Clear();
        }
    }

    public bool Is1904 { get; set; }

    /// <summary>A text that cells share; null for one that there is not.</summary>
    public string? FindText(int index) => index >= 0 && index < _texts.Count ? _texts[index] : null;

    public CellFormat FormatOf(int style) => style >= 0 && style < _formats.Count ? _formats[style] : CellFormat.Number;

    private void ReadTexts(PartXml xml)
    {
        long chars = 0;
        foreach (string name in xml.Children())
        {
            if (name != "si")
                continue;

            _texts.Add(SheetText.ReadRuns(xml));
            if ((chars += _texts[^1].Length + 16) > MaxSharedChars)
                throw new PartException("its shared texts are longer than 128 MiB, which is the most that is read");
        }
    }

    private void ReadFormats(PartXml xml)
    {
        var written = new Dictionary<int, CellFormat>();
        foreach (string name in xml.Children())
        {
            if (name == "numFmts")
            {
                foreach (string _ in xml.Children())
                {
                    if (xml.FindNumber("numFmtId") is { } id && xml.Find("formatCode") is { } code)
                        written[id] = CellFormat.Of(code);
                }
            }
            else if (name == "cellXfs")
            {
                foreach (string _ in xml.Children())
                {
                    int id = xml.FindNumber("numFmtId") ?? 0;
                    _formats.Add(written.GetValueOrDefault(id) ?? CellFormat.OfId(id));
                }
            }
        }
    }
}
