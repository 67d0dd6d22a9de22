using Rlm.Files.Packages;

namespace Rlm.Files.Sheets;

/// <summary>The tables of a sheet. Rows that they mark as totals are left out of its rows, and told beside the cells.</summary>
internal sealed class SheetTables
{
    private readonly List<Table> _all = [];

    /// <summary>The tables' ranges and names, then their totals.</summary>
    public IEnumerable<(string Cell, string Text)> Remarks => _all.Select(table => (table.Range, $"{table.Range}, table: {table.Name}"))
        .Concat(_all.SelectMany(table => table.Totals.Select(total => (total.Cell, $"{total.Cell}, totals of {table.Name}: {total.Text}"))));

    /// <summary>Reads the tables of a sheet.</summary>
    public static SheetTables Of(FilePackage package, PartRelations relations)
    {
        var tables = new SheetTables();
        foreach (string path in relations.OfType("table"))
            package.ReadXml(path, tables.Read);
        return tables;
    }

    /// <summary>The cells of a row, by columns, without those of totals.</summary>
    public IReadOnlyList<SheetCell> LeaveOutTotals(int row, IReadOnlyList<SheetCell> cells) =>
        _all.Exists(table => table.HasTotals(row)) ? [.. cells.Where(cell => !_all.Exists(table => table.HasTotals(row) && table.Has(cell)))] : cells;

    /// <summary>Keeps the totals of a row.</summary>
    public void AddTotals(int row, IReadOnlyList<SheetCell> cells)
    {
        foreach (var table in _all.Where(table => table.HasTotals(row)))
        {
            SheetCell[] totals = [.. cells.Where(table.Has)];
            if (totals.Length > 0)
                table.Totals.Add((CellReference.Of(totals[0].Column, row), string.Join(" | ", totals.Select(cell => cell.Text.ReplaceLineEndings(" ")))));
        }
    }

    private void Read(PartXml xml)
    {
        if (xml.Find("ref") is not { } range || xml.Find("displayName") is not { } name)
            return;

        string[] corners = range.Split(':');
        var first = CellReference.Find(corners[0]) ?? (0, 0);
        var last = CellReference.Find(corners[^1]) ?? (0, 0);
        int totals = Math.Clamp(xml.FindNumber("totalsRowCount") ?? 0, 0, Math.Max(0, last.Row - first.Row));
        _all.Add(new Table(name, range, first, last, last.Row - totals + 1, []));
    }

    private sealed record Table(
        string Name, string Range, (int Column, int Row) First, (int Column, int Row) Last, int FirstTotal, List<(string Cell, string Text)> Totals)
    {
        public bool HasTotals(int row) => row >= FirstTotal && row <= Last.Row;

        public bool Has(SheetCell cell) => cell.Column >= First.Column && cell.Column <= Last.Column;
    }
}
