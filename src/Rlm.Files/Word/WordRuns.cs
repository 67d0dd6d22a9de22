using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>Reads the runs of a story's paragraphs: their text, signs, marks of notes, and what their shapes hold.</summary>
internal sealed class WordRuns(WordContext context)
{
    private readonly WordFields _fields = new();

    /// <summary>Whether the code of a field goes on.</summary>
    public bool IsInCode => _fields.IsInCode;

    /// <summary>Reads what stands in a paragraph.</summary>
    public void Read(PartXml xml, WordParagraph paragraph)
    {
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "pPr":
                    paragraph.ReadProperties(xml, context.ReadSection, context.Losses.AddChange);
                    break;
                case "r":
                    ReadRun(xml, paragraph);
                    break;
                case "oMath" or "oMathPara":
                    if (!_fields.IsInCode)
                        paragraph.Append(WordMath.Read(xml));
                    break;
                case "AlternateContent":
                    foreach (string _ in xml.Choices())
                        Read(xml, paragraph);
                    break;
                case "sdtPr" or "sdtEndPr" or "fldData" or "smartTagPr" or "customXmlPr":
                    break;
                case "subDoc":
                    context.Losses.AddEmbedded();
                    break;
                default:
                    if (!context.Losses.IsDeletion(name))
                        Read(xml, paragraph);
                    break;
            }
        }
    }

    private void ReadRun(PartXml xml, WordParagraph paragraph)
    {
        var format = context.Styles.FormatOf(paragraph.Style, WordFormat.None);
        foreach (string name in xml.Children())
            ReadPart(xml, name, paragraph, ref format);
    }

    private void ReadPart(PartXml xml, string name, WordParagraph paragraph, ref WordFormat format)
    {
        switch (name)
        {
            case "rPr":
                format = context.Styles.FormatOf(paragraph.Style, WordFormat.Read(xml));
                break;
            case "fldChar":
                if (_fields.Move(xml.Find("fldCharType")) is { } lost)
                    context.Losses.AddField(lost);
                paragraph.Append(WordFormField.Read(xml));
                break;
            case "instrText":
                _fields.AddCode(xml.ReadText());
                break;
            case "drawing" or "pict" or "object":
                ReadDrawing(xml, paragraph);
                break;
            case "AlternateContent":
                foreach (string _ in xml.Choices())
                {
                    foreach (string part in xml.Children())
                        ReadPart(xml, part, paragraph, ref format);
                }

                break;
            case "ruby":
                foreach (string part in xml.Children())
                {
                    if (part == "rubyBase")
                        Read(xml, paragraph);
                }

                break;
            default:
                string text = ReadSign(xml, name, format);
                bool isHidden = format.IsHidden == true;
                if (text.Length > 0 && isHidden && !_fields.IsInCode)
                    context.Losses.AddHidden();
                else if (!isHidden && !_fields.IsInCode)
                    paragraph.Append(text, name.EndsWith("Reference", StringComparison.Ordinal) ? TextMarks.None : format.Marks);
                break;
        }
    }

    private string ReadSign(PartXml xml, string name, WordFormat format)
    {
        switch (name)
        {
            case "t":
                return ReadLetters(xml.ReadText(), format);
            case "tab" or "ptab":
                return "\t";
            case "br" or "cr":
                return "\n";
            case "noBreakHyphen":
                return "-";
            case "symEx" when SymbolFont.FindLetter(xml.Find("char")) is { } letter:
                return letter;
            case "sym" or "symEx":
                if (SymbolFont.Find(xml.Find("font"), xml.Find("char")) is { } sign)
                    return sign;
                context.Losses.AddSign();
                return "\uFFFD";
            case "footnoteReference":
                return context.Footnotes.Refer(xml.Find("id") ?? "");
            case "endnoteReference":
                return context.Endnotes.Refer(xml.Find("id") ?? "");
            case "commentReference":
                return context.Comments.Refer(xml.Find("id") ?? "");
            default:
                return "";
        }
    }

    /// <summary>The text, where letters that a font has signs of its own for are those.</summary>
    private string ReadLetters(string text, WordFormat format)
    {
        string letters = SymbolFont.ToUnicode(text, format.Font, format.HighFont, out int unknown);
        for (; unknown > 0 && format.IsHidden != true && !_fields.IsInCode; unknown--)
            context.Losses.AddSign();
        return letters;
    }

    /// <summary>The boxes of text and diagrams of a drawing. What is written in two ways is read in the first.</summary>
    private void ReadDrawing(PartXml xml, WordParagraph paragraph)
    {
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "txbxContent":
                    new WordBody(context).Read(xml, paragraph.Boxes.Add);
                    break;
                case "relIds":
                    paragraph.Boxes.AddRange(context.ReadDiagram(xml.FindRelation("dm")));
                    break;
                case "OLEObject":
                    context.Losses.AddEmbedded();
                    break;
                case "AlternateContent":
                    foreach (string _ in xml.Choices())
                        ReadDrawing(xml, paragraph);
                    break;
                default:
                    ReadDrawing(xml, paragraph);
                    break;
            }
        }
    }
}
