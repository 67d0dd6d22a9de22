using System.Runtime.InteropServices;
using Rlm.Runtime.Texts.Lines;

namespace Rlm.Runtime.Tables;

/// <summary>
/// The rows of a range of lines, as a reader finds them that begins there. It may begin within a row: what it reads is a row of the table
/// where a reader in order comes to its place.
/// </summary>
/// <param name="dialect">How the table is written.</param>
/// <param name="width">How many cells the header has.</param>
internal sealed class DelimitedBatch(DelimitedDialect dialect, int width) : LineBatch
{
    private readonly List<DelimitedRow> _rows = [];
    private readonly List<DelimitedCell> _cells = [];

    public ReadOnlySpan<DelimitedRow> Rows => CollectionsMarshal.AsSpan(_rows);

    public ReadOnlySpan<DelimitedCell> CellsOf(in DelimitedRow row) =>
        CollectionsMarshal.AsSpan(_cells).Slice(row.FirstCell, row.CellCount);

    private int Place(long offset) => (int)(offset - Range.Start);

    protected override void ReadLines(LineScanner lines, CancellationToken cancellationToken)
    {
        _rows.Clear();
        _cells.Clear();
        var reader = new DelimitedReader(dialect, lines, width);
        // What is read in vain for closing quotes depends on the rows before and on lines behind the range: such rows are read in order.
        while (reader.VainBytes <= Range.Length)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var (from, vain) = (reader.Next, reader.VainBytes);
            if (!reader.MoveNext())
                return;
            if (reader.VainBytes > vain)
                continue;

            var state = new DelimitedRowState(reader.Fault, reader.Doubt, reader.IsRule);
            var (row, cells) = (reader.Row, reader.Cells.Length);
            _rows.Add(new DelimitedRow(Place(from), Place(row.Start), (int)row.Length, Place(reader.Next), _cells.Count, cells, state));
            _cells.AddRange(reader.Cells);
        }
    }
}
