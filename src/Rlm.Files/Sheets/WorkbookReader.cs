using Rlm.Files.Packages;

namespace Rlm.Files.Sheets;

/// <summary>
/// Writes a workbook sheet by sheet, parted by a form feed on a line: a heading <c>## NAME</c>, its rows as CSV, each a place
/// (<c>Sheet1!A7</c>), and what stands beside them under <c>### Beside the cells of NAME</c>.
/// </summary>
internal sealed class WorkbookReader
{
    private readonly FilePackage _package;
    private readonly PartRelations _relations;
    private readonly WorkbookContext _context;
    private readonly IRlmFileText _text;
    private readonly Dictionary<string, string> _persons = new(StringComparer.Ordinal);
    private readonly PartAttempts _parts;
    private bool _hasParts;
    private bool _hasText;

    private WorkbookReader(FilePackage package, string path, IRlmFileText text)
    {
        (_package, _text, _parts) = (package, text, new PartAttempts(text));
        _relations = PartRelations.Of(package, path);
        _context = new WorkbookContext(package, _relations, _parts);
    }

    /// <param name="package">The file.</param>
    /// <param name="path">Its part with the workbook.</param>
    /// <param name="text">Takes the text.</param>
    /// <exception cref="PartException">No sheet can be read.</exception>
    public static void Read(FilePackage package, string path, IRlmFileText text)
    {
        var reader = new WorkbookReader(package, path, text);
        var sheets = new List<(string Name, string? Id, bool IsHidden)>();
        package.ReadXml(path, xml => reader.ReadWorkbook(xml, sheets));
        foreach (string persons in reader._relations.OfType("person"))
            reader._parts.Try("the authors of comments", () => package.ReadXml(persons, reader.ReadPersons));
        foreach (var (name, id, isHidden) in sheets)
            reader.ReadSheet(name, id, isHidden);
        if (!reader._hasText)
            throw new PartException(reader._parts.FirstProblem ?? "there is nothing in its cells");
    }

    private void ReadWorkbook(PartXml xml, List<(string Name, string? Id, bool IsHidden)> sheets)
    {
        foreach (string name in xml.Children())
        {
            if (name == "workbookPr")
                _context.Is1904 = xml.Find("date1904") is not null && xml.IsOn("date1904");
            if (name != "sheets")
                continue;

            foreach (string _ in xml.Children())
            {
                string sheet = string.Concat((xml.Find("name") ?? "").Where(c => !char.IsControl(c)));
                sheets.Add((sheet, xml.FindRelation(), xml.Find("state") is "hidden" or "veryHidden"));
            }
        }
    }

    private void ReadPersons(PartXml xml)
    {
        foreach (string name in xml.Children())
        {
            if (name == "person" && xml.Find("id") is { } id)
                _persons[id] = xml.Find("displayName") ?? "";
        }
    }

    private void ReadSheet(string name, string? id, bool isHidden)
    {
        string? type = _relations.FindType(id);
        if (type != "worksheet" || _relations.Find(id) is not { } path)
        {
            _text.AddGap(type switch
            {
                "chartsheet" => $"sheet {name} is a chart, and left out",
                "dialogsheet" or "xlMacrosheet" or "xlIntlMacrosheet" => $"sheet {name} is not of cells, and left out",
                _ => $"sheet {name} is missing in the file",
            });
            return;
        }

        // What is damaged shows before anything of the sheet is written.
        var columns = new SheetColumns();
        var rows = new SheetRows(_context);
        var tables = new SheetTables();
        _parts.Try($"the tables of sheet {name}", () => tables = SheetTables.Of(_package, PartRelations.Of(_package, path)));
        if (!_parts.Try($"sheet {name}", () => rows.Read(_package, path, (row, cells) => columns.Add(tables.LeaveOutTotals(row, cells)))))
            return;

        if (rows.FirstWithoutValue is { } first)
        {
            _text.AddGap(Invariant(
                $"{rows.FormulasWithoutValue:N0} {(rows.FormulasWithoutValue == 1 ? "formula has" : "formulas have")} no value in sheet {name}")
                + $" ({first}), and {(rows.FormulasWithoutValue == 1 ? "is" : "are")} empty; save the file with a spreadsheet program once");
        }

        if (columns.AreTooSparse)
        {
            _text.AddGap($"sheet {name} has too few cells too far apart, and is left out");
            return;
        }

        string place = CellReference.Quote(name);
        StartPart(place);
        _text.Write($"## {name}{(isHidden ? " [hidden]" : "")}");
        WriteRows(path, place, columns.All(), tables);
        _hasText |= !columns.IsEmpty;
        _parts.Try($"what stands beside the cells of sheet {name}", () => WriteRemarks(name, path, place, tables));
    }

    private void WriteRows(string path, string place, IReadOnlyList<int> columns, SheetTables tables)
    {
        var record = new SheetRecord(columns);
        int last = 0;
        new SheetRows(_context).Read(_package, path, (row, all) =>
        {
            tables.AddTotals(row, all);
            var cells = tables.LeaveOutTotals(row, all);
            if (cells.Count == 0)
                return;

            // Rows that hold nothing are one blank line.
            _text.Write(last > 0 && row > last + 1 ? "\n\n" : "\n");
            _text.StartPlace($"{place}!{CellReference.Of(columns[0], row)}");
            _text.Write(record.Of(cells));
            last = row;
        });
    }

    private void WriteRemarks(string name, string path, string place, SheetTables tables)
    {
        (string Cell, string Text)[] remarks =
            [.. new SheetRemarks(_package, PartRelations.Of(_package, path), _persons).Read(), .. tables.Remarks];
        if (remarks.Length == 0)
            return;

        StartPart(place);
        _text.Write($"### Beside the cells of {name}");
        foreach (var (cell, text) in remarks)
        {
            _text.Write("\n");
            _text.StartPlace($"{place}!{cell}");
            _text.Write($"- {text}");
        }

        _hasText = true;
    }

    private void StartPart(string place)
    {
        if (_hasParts)
            _text.Write("\n");
        _text.StartPlace(place);
        if (_hasParts)
            _text.Write("\f\n");
        _hasParts = true;
    }
}
