using System.Collections;

namespace Rlm.Files.Sheets;

/// <summary>Which columns of a sheet hold something, and how much there is of it.</summary>
internal sealed class SheetColumns
{
    // A text may have so many separators for each cell that holds something, and so many beyond.
    private const long MostOfCell = 64;
    private const long MostBeyond = 16 * 1024 * 1024;

    private readonly BitArray _used = new(CellReference.MaxColumns + 1);
    private long _rows;
    private long _cells;

    public bool IsEmpty => _rows == 0;

    /// <summary>Whether so little stands so far apart that its rows cannot be written out.</summary>
    public bool AreTooSparse => _rows * All().Count > (_cells * MostOfCell) + MostBeyond;

    public void Add(IReadOnlyList<SheetCell> cells)
    {
        _rows += cells.Count > 0 ? 1 : 0;
        _cells += cells.Count;
        foreach (var cell in cells)
            _used[cell.Column] = true;
    }

    /// <summary>The columns, from 1, in their order.</summary>
    public IReadOnlyList<int> All() => [.. Enumerable.Range(1, CellReference.MaxColumns).Where(column => _used[column])];
}
