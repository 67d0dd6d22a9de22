using Rlm.Files.Packages;

namespace Rlm.Files.Office;

/// <summary>The paragraphs of shapes and diagrams, which all Office files write alike.</summary>
internal static class DrawingText
{
    /// <summary>The paragraphs below an element, those of a table's cells too.</summary>
    public static List<DrawingParagraph> Read(PartXml xml)
    {
        var paragraphs = new List<DrawingParagraph>();
        foreach (string name in xml.Descendants())
        {
            if (name == "p")
                Add(ReadParagraph(xml), paragraphs);
        }

        return paragraphs;
    }

    /// <summary>The lines of a part, such as the data of a diagram.</summary>
    public static List<string> ReadLines(FilePackage package, string path)
    {
        var lines = new List<string>();
        package.ReadXml(path, xml => lines.AddRange(Read(xml).Select(paragraph => paragraph.Text.ReplaceLineEndings(" "))));
        return lines;
    }

    private static void Add(DrawingParagraph paragraph, List<DrawingParagraph> paragraphs)
    {
        if (!string.IsNullOrWhiteSpace(paragraph.Text))
            paragraphs.Add(paragraph);
    }

    private static DrawingParagraph ReadParagraph(PartXml xml)
    {
        var text = new MarkedText();
        int level = 0;
        bool? isItem = null;
        string? numbering = null;
        int start = 1, unknown = 0;
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "pPr":
                    level = Math.Clamp(xml.FindNumber("lvl") ?? 0, 0, 8);
                    foreach (string property in xml.Children())
                    {
                        isItem = property switch { "buNone" => false, "buChar" or "buBlip" or "buAutoNum" => true, _ => isItem };
                        if (property == "buAutoNum")
                            (numbering, start) = (xml.Find("type") ?? "arabicPeriod", xml.FindNumber("startAt") ?? 1);
                    }

                    break;
                case "br":
                    text.Append("\n");
                    break;
                case "r" or "fld" or "AlternateContent" or "m":
                    unknown += ReadRun(xml, text);
                    break;
            }
        }

        return new DrawingParagraph(text.ToString().Replace('\v', '\n').Trim(), level, isItem, numbering, start, unknown);
    }

    /// <summary>Adds the text of a run, and gives how many of its signs are not known.</summary>
    private static int ReadRun(PartXml xml, MarkedText text)
    {
        var marks = TextMarks.None;
        string? font = null, signs = null;
        int all = 0;
        foreach (string name in xml.Descendants())
        {
            switch (name)
            {
                case "rPr":
                    (marks, font, signs) = (ReadMarks(xml), null, null);
                    break;
                case "latin":
                    font = xml.Find("typeface");
                    break;
                case "sym":
                    signs = xml.Find("typeface");
                    break;
                case "t":
                    text.Append(SymbolFont.ToUnicode(xml.ReadText(), font, signs ?? font, out int unknown), marks);
                    all += unknown;
                    break;
                case "Fallback":
                    xml.ReadText();
                    break;
            }
        }

        return all;
    }

    private static TextMarks ReadMarks(PartXml xml)
    {
        int raised = xml.FindNumber("baseline") ?? 0;
        return (raised > 0 ? TextMarks.Superscript : raised < 0 ? TextMarks.Subscript : TextMarks.None)
            | (xml.Find("strike") is "sngStrike" or "dblStrike" ? TextMarks.Struck : TextMarks.None);
    }
}
