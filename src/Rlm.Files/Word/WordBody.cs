using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>Reads the blocks of a story: the document, a note, a header or a box of text.</summary>
internal sealed class WordBody(WordContext context)
{
    private readonly WordRuns _runs = new(context);

    /// <summary>Whether the code of a field goes on, so that what stands in it is missing.</summary>
    public bool IsInCode => _runs.IsInCode;

    /// <summary>Gives each block below an element.</summary>
    /// <param name="xml">Stands on the element.</param>
    /// <param name="emit">Gets the blocks.</param>
    /// <param name="onCell">Reads the properties of a cell.</param>
    public void Read(PartXml xml, Action<Block> emit, Action<PartXml>? onCell = null)
    {
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
                case "AlternateContent":
                    foreach (string _ in xml.Choices())
                        Read(xml, emit);
                    break;
                case "sdt" or "sdtContent" or "customXml" or "smartTag" or "ins" or "moveTo" or "del" or "moveFrom":
                    if (!context.Losses.IsDeletion(name))
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
        _runs.Read(xml, paragraph);
        if (paragraph.ToBlock(context.Styles, context.Numbering) is { } block)
            emit(block);
        foreach (var box in paragraph.Boxes)
            emit(box);
    }
}
