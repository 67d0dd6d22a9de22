using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>Reads the blocks of a story: the document, a note, a header or a box of text.</summary>
internal sealed class WordBody(WordContext context)
{
    private readonly WordFields _fields = new();

    /// <summary>Whether the code of a field goes on, so that what stands in it is missing.</summary>
    public bool IsInCode => _fields.IsInCode;

    /// <summary>Gives each block below an element.</summary>
    /// <param name="xml">Stands on the element.</param>
    /// <param name="emit">Gets the blocks.</param>
    /// <param name="onCell">Reads the properties of a cell.</param>
    public void Read(PartXml xml, Action<Block> emit, Action<PartXml>? onCell = null)
    {
        bool hasChoice = false;
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "p":
                    ReadParagraph(xml, emit);
                    break;
                case "tbl":
                    new WordTable(this, context).Read(xml, emit);
                    break;
                case "sdt" or "sdtContent" or "customXml" or "smartTag" or "AlternateContent" or "ins" or "moveTo":
                    AddChange(name);
                    Read(xml, emit);
                    break;
                case "del" or "moveFrom":
                    AddChange(name);
                    break;
                case "Choice":
                    hasChoice = true;
                    Read(xml, emit);
                    break;
                case "Fallback" when !hasChoice:
                    Read(xml, emit);
                    break;
                case "sectPr":
                    context.ReadSection(xml);
                    break;
                case "tcPr":
                    onCell?.Invoke(xml);
                    break;
                case "altChunk" or "subDoc":
                    context.Losses.AddEmbedded();
                    break;
                case "oMathPara" or "oMath":
                    emit(new Block(WordMath.Read(xml), BlockKind.Paragraph));
                    break;
            }
        }
    }

    private void ReadParagraph(PartXml xml, Action<Block> emit)
    {
        var paragraph = new WordParagraph();
        ReadInline(xml, paragraph);
        if (paragraph.ToBlock(context.Styles, context.Numbering) is { } block)
            emit(block);
        foreach (var box in paragraph.Boxes)
            emit(box);
    }

    private void ReadInline(PartXml xml, WordParagraph paragraph)
    {
        bool hasChoice = false;
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
                case "del" or "moveFrom":
                    AddChange(name);
                    break;
                case "Choice":
                    hasChoice = true;
                    ReadInline(xml, paragraph);
                    break;
                case "Fallback" when hasChoice:
                case "sdtPr" or "sdtEndPr" or "fldData" or "smartTagPr" or "customXmlPr":
                    break;
                case "subDoc":
                    context.Losses.AddEmbedded();
                    break;
                default:
                    AddChange(name);
                    ReadInline(xml, paragraph);
                    break;
            }
        }
    }

    private void ReadRun(PartXml xml, WordParagraph paragraph)
    {
        bool isHidden = context.Styles.Find(paragraph.Style).IsHidden == true;
        var marks = TextMarks.None;
        foreach (string name in xml.Children())
            ReadPart(xml, name, paragraph, ref isHidden, ref marks);
    }

    private void ReadPart(PartXml xml, string name, WordParagraph paragraph, ref bool isHidden, ref TextMarks marks)
    {
        switch (name)
        {
            case "rPr":
                isHidden = ReadHidden(xml, ref marks) ?? isHidden;
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
                ReadAlternate(xml, paragraph, ref isHidden, ref marks);
                break;
            case "ruby":
                foreach (string part in xml.Children())
                {
                    if (part == "rubyBase")
                        ReadInline(xml, paragraph);
                }

                break;
            default:
                string text = ReadSign(xml, name);
                if (text.Length > 0 && isHidden && !_fields.IsInCode)
                    context.Losses.AddHidden();
                else if (!isHidden && !_fields.IsInCode)
                    paragraph.Append(text, name.EndsWith("Reference", StringComparison.Ordinal) ? TextMarks.None : marks);
                break;
        }
    }

    /// <summary>What is written in two ways, for newer programs and for others, is read in the first.</summary>
    private void ReadAlternate(PartXml xml, WordParagraph paragraph, ref bool isHidden, ref TextMarks marks)
    {
        bool hasChoice = false;
        foreach (string choice in xml.Children())
        {
            if (choice != "Choice" && (choice != "Fallback" || hasChoice))
                continue;

            hasChoice = true;
            foreach (string name in xml.Children())
                ReadPart(xml, name, paragraph, ref isHidden, ref marks);
        }
    }

    private string ReadSign(PartXml xml, string name)
    {
        switch (name)
        {
            case "t":
                return xml.ReadText();
            case "tab" or "ptab":
                return "\t";
            case "br" or "cr":
                return "\n";
            case "noBreakHyphen":
                return "-";
            case "symEx" when WordSymbol.FindLetter(xml.Find("char")) is { } letter:
                return letter;
            case "sym" or "symEx":
                if (WordSymbol.Find(xml.Find("font"), xml.Find("char")) is { } sign)
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

    /// <summary>The boxes of text and diagrams of a drawing. What is written in two ways is read in the first.</summary>
    private void ReadDrawing(PartXml xml, WordParagraph paragraph)
    {
        bool hasChoice = false;
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
                case "Fallback" when hasChoice:
                    break;
                default:
                    hasChoice |= name == "Choice";
                    ReadDrawing(xml, paragraph);
                    break;
            }
        }
    }

    private bool? ReadHidden(PartXml xml, ref TextMarks marks)
    {
        bool? isHidden = null;
        foreach (string property in xml.Children())
        {
            if (property == "vanish")
                isHidden = xml.IsOn();
            else if (property is "strike" or "dstrike" && xml.IsOn())
                marks |= TextMarks.Struck;
            else if (property == "vertAlign")
                marks |= xml.Find("val") switch
                {
                    "superscript" => TextMarks.Superscript,
                    "subscript" => TextMarks.Subscript,
                    _ => TextMarks.None,
                };
            else if (property == "rStyle" && xml.Find("val") is { } style && context.Styles.IsHidden(style))
                isHidden ??= true;
        }

        return isHidden;
    }

    private void AddChange(string name)
    {
        if (name is "ins" or "del" or "moveFrom" or "moveTo")
            context.Losses.AddChange();
    }
}
