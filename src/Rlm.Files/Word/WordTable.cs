using Rlm.Files.Office;
using Rlm.Files.Packages;

namespace Rlm.Files.Word;

/// <summary>Reads a table row by row. A cell that spans rows stands in each, one that spans columns in the first.</summary>
internal sealed class WordTable(WordBody body, WordContext context)
{
    private const int MaxColumns = 64;

    // The text of each column's last cell that spans rows; null where none does.
    private readonly string?[] _spans = new string?[MaxColumns];
    private int _columns;
    private bool _hasRows;

    public void Read(PartXml xml, Action<Block> emit)
    {
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "tblGrid":
                    foreach (string column in xml.Children())
                        _columns += column == "gridCol" && _columns < MaxColumns ? 1 : 0;
                    break;
                case "tr":
                    ReadRow(xml, emit);
                    break;
                case "sdt" or "sdtContent" or "customXml" or "ins" or "moveTo":
                    Read(xml, emit);
                    break;
            }
        }
    }

    private void ReadRow(PartXml xml, Action<Block> emit)
    {
        var cells = new List<string>();
        bool isDeleted = false;
        ReadCells(xml, cells, ref isDeleted);
        if (isDeleted || cells.Count == 0)
            return;

        if (!_hasRows)
            _columns = Math.Max(_columns, cells.Count);
        emit(new Block(TableRow.Of(cells, _columns), _hasRows ? BlockKind.Row : BlockKind.FirstRow, _columns));
        _hasRows = true;
    }

    private void ReadCells(PartXml xml, List<string> cells, ref bool isDeleted)
    {
        foreach (string name in xml.Children())
        {
            switch (name)
            {
                case "trPr":
                    foreach (string property in xml.Children())
                    {
                        if (property is "del" or "ins")
                            context.Losses.AddChange();
                        isDeleted |= property == "del";
                        if (property == "hidden" && xml.IsOn())
                        {
                            context.Losses.AddHidden();
                            isDeleted = true;
                        }

                        if (property == "gridBefore")
                            Skip(cells, xml.FindNumber("val") ?? 0);
                    }

                    break;
                case "tc":
                    ReadCell(xml, cells);
                    break;
                case "sdt" or "sdtContent" or "customXml" or "ins" or "moveTo":
                    ReadCells(xml, cells, ref isDeleted);
                    break;
            }
        }
    }

    private static void Skip(List<string> cells, int columns)
    {
        for (int i = 0; i < columns && cells.Count < MaxColumns; i++)
            cells.Add("");
    }

    private void ReadCell(PartXml xml, List<string> cells)
    {
        var (columns, spansRows, isBelow) = (1, false, false);
        var lines = new List<string>();
        int at = cells.Count;
        body.Read(xml, block => lines.Add(block.Text), ReadProperties);
        string text = string.Join('\n', lines);
        if (at < MaxColumns)
        {
            // What spans from above and is too long to be repeated stands in its first row alone.
            if (isBelow && text.Length == 0 && _spans[at] is { } above && context.TakeRepeated(above.Length))
                text = above;
            else
                _spans[at] = spansRows ? text : null;
        }

        cells.Add(text);
        Skip(cells, columns - 1);

        void ReadProperties(PartXml properties)
        {
            foreach (string property in properties.Children())
            {
                if (property == "gridSpan")
                    columns = Math.Clamp(properties.FindNumber("val") ?? 1, 1, MaxColumns);
                else if (property is "cellDel" or "cellIns")
                    context.Losses.AddChange();
                else if (property == "vMerge")
                    (spansRows, isBelow) = (true, properties.Find("val") is not "restart");
            }
        }
    }
}
