using Rlm.Files.Packages;

namespace Rlm.Files.Sheets;

/// <summary>Reads the rows of a sheet, each with its cells that hold something.</summary>
internal sealed class SheetRows(WorkbookContext workbook)
{
    private readonly List<SheetCell> _cells = [];

    /// <summary>How many formulas have no value.</summary>
    public int FormulasWithoutValue { get; private set; }

    /// <summary>The first of them.</summary>
    public string? FirstWithoutValue { get; private set; }

    /// <summary>Goes through the rows.</summary>
    /// <param name="package">The workbook.</param>
    /// <param name="path">The sheet.</param>
    /// <param name="onRow">Gets the number of a row that holds something, and its cells by columns, which change with the next row.</param>
    /// <exception cref="PartException">The sheet is damaged.</exception>
    public void Read(FilePackage package, string path, Action<int, IReadOnlyList<SheetCell>> onRow) => package.ReadXml(path, xml =>
    {
        foreach (string name in xml.Children())
        {
            if (name == "sheetData")
                ReadRows(xml, onRow);
        }
    });

    private void ReadRows(PartXml xml, Action<int, IReadOnlyList<SheetCell>> onRow)
    {
        int row = 0;
        foreach (string name in xml.Children())
        {
            if (name != "row")
                continue;

            int next = xml.FindNumber("r") ?? row + 1;
            if (next <= row || next > CellReference.MaxRows)
                throw new InvalidDataException(Invariant($"row {next} comes behind row {row}"));

            row = next;
            _cells.Clear();
            ReadCells(xml, row);
            if (_cells.Count > 0)
                onRow(row, _cells);
        }
    }

    private void ReadCells(PartXml xml, int row)
    {
        int column = 0;
        foreach (string name in xml.Children())
        {
            if (name != "c")
                continue;

            string? reference = xml.Find("r");
            int next = reference is null ? column + 1
                : CellReference.Find(reference) is var (found, foundRow) && foundRow == row ? found : 0;
            if (next <= column || next > CellReference.MaxColumns)
            {
                throw new InvalidDataException(
                    Invariant($"cell {PartException.ToOneLine(reference ?? "")} stands in row {row}, column {column + 1}"));
            }

            column = next;
            var (value, isText) = ReadCell(xml, column, row);
            string text = value.ReplaceLineEndings("\n").Replace('\f', ' ');
            if (text.Length > 0)
                _cells.Add(new SheetCell(column, text, isText));
        }
    }

    private (string Text, bool IsText) ReadCell(PartXml xml, int column, int row)
    {
        string type = xml.Find("t") ?? "n";
        int style = xml.FindNumber("s") ?? 0;
        string? value = null;
        bool hasFormula = false;
        foreach (string name in xml.Children())
        {
            if (name == "v")
                value = xml.ReadText();
            else if (name == "is")
                (value, type) = (SheetText.ReadRuns(xml), "inlineStr");
            else if (name == "f")
                hasFormula = true;
        }

        if (value is null || (hasFormula && type != "str" && value.Length == 0))
        {
            if (hasFormula)
                FirstWithoutValue ??= CellReference.Of(column, row);
            FormulasWithoutValue += hasFormula ? 1 : 0;
            return ("", false);
        }

        string text = type switch
        {
            "s" => int.TryParse(value.Trim(), out int index) && workbook.FindText(index) is { } shared ? shared
                : throw new InvalidDataException($"cell {CellReference.Of(column, row)} has a text that there is not"),
            "str" => SheetText.Unescape(value),
            "inlineStr" or "d" or "e" => value,
            "b" => value.Trim() is "1" or "true" ? "true" : "false",
            _ => value.Length == 0 ? "" : CellNumber.Write(value, workbook.FormatOf(style), workbook.Is1904),
        };
        return (text, type is "s" or "str" or "inlineStr");
    }
}
