using System.Buffers;
using Rlm.Runtime.Texts.Lines;

namespace Rlm.Runtime.Tables;

/// <summary>How well the first rows of a table agree with a dialect.</summary>
internal sealed class DialectTrial
{
    private const int MaxRows = 200;

    private static readonly SearchValues<byte> FigureBytes = SearchValues.Create("0123456789+-.,:/ %"u8);

    private int _rows;
    private int _fitting;
    private int _cells;
    private int _figures;
    private int _escaped;
    private int _plain;
    private int _width;

    private DialectTrial(DelimitedDialect dialect) => Dialect = dialect;

    public DelimitedDialect Dialect { get; }

    /// <summary>Whether more rows need backslashes to be escapes than need them to be none.</summary>
    public bool HasEscapes => _escaped > _plain;

    /// <summary>The share of rows with as many cells as the header; -1 where that has one, with which anything agrees.</summary>
    private double Share => _width < 2 ? -1 : _rows == 0 ? 0 : (double)_fitting / _rows;

    private double Figures => _cells == 0 ? 0 : (double)_figures / _cells;

    /// <param name="dialect">The dialect, over a stretch at the table's start.</param>
    /// <param name="isCut">Whether the stretch may end within a row.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public static DialectTrial Of(DelimitedDialect dialect, bool isCut, CancellationToken cancellationToken)
    {
        var trial = new DialectTrial(dialect with { HeaderStart = HeaderStartOf(dialect, cancellationToken) });
        trial.Read(isCut, cancellationToken);
        return trial;
    }

    /// <summary>
    /// More rows agree; or more of the cells are figures, which a wrong delimiter cuts or glues; or there are more cells to agree on.
    /// </summary>
    public bool IsBetterThan(DialectTrial other) => Share != other.Share ? Share > other.Share
        : Figures != other.Figures ? Figures > other.Figures
        : _width > other._width;

    private void Read(bool isCut, CancellationToken cancellationToken)
    {
        using var reader = new DelimitedReader(Dialect, cancellationToken);
        while (_rows < MaxRows && reader.MoveNext())
        {
            if (reader.Fault == DelimitedFault.Comment || (isCut && _width > 0 && reader.Row.End == Dialect.Table.End))
                continue;
            if (_width > 0)
            {
                _rows++;
                _fitting += reader.Fault == DelimitedFault.None && reader.Cells.Length == _width ? 1 : 0;
                _cells += reader.Cells.Length;
                foreach (var cell in reader.Cells)
                    _figures += IsFigure(reader.Bytes.Slice(cell.Start, cell.Length)) ? 1 : 0;
            }

            _width = reader.Width;
            _escaped += reader.Doubt == DelimitedDoubt.OtherEscapes ? 1 : 0;
            _plain += reader.Doubt == DelimitedDoubt.Settled ? 1 : 0;
        }
    }

    /// <summary>
    /// Where the header is: the first line that does not begin with <c>#</c>, or the one before it where that looks like its header.
    /// </summary>
    private static long HeaderStartOf(DelimitedDialect dialect, CancellationToken cancellationToken)
    {
        using var lines = new LineScanner(dialect.Table, cancellationToken) { EndsAtCr = dialect.EndsAtCr };
        var cells = new DelimitedCells(dialect.Delimiter);
        (long Start, bool IsSpaced, int Width, bool HasFigure)? marked = null;
        bool isDrawn = false;
        while (lines.MoveNext())
        {
            if (lines.IsBlank)
                continue;

            bool isMarked = lines.Bytes is [(byte)'#', ..];
            // A table may be drawn with a line above its header.
            if (marked is null && RuleLine.Is(lines.Bytes, dialect.Delimiter, isBelowHeader: false))
            {
                isDrawn = true;
                continue;
            }

            if (isDrawn && marked is null && !isMarked)
                return lines.Start;
            if (marked is null && !isMarked)
                break;

            cells.Clear();
            cells.Split(lines.Bytes, 0, isOpen: false, isEscaped: false);
            bool hasFigure = HasFigure(cells.Cells, lines.Bytes);
            if (isMarked)
            {
                marked = (lines.Start, lines.Bytes is [_, (byte)' ' or (byte)'#' or (byte)'\t', ..], cells.Count, hasFigure);
                continue;
            }

            bool isHeader = marked is var (_, isSpaced, width, hadFigure) && width > 1 && width == cells.Count
                && (hasFigure ? !hadFigure : !isSpaced);
            return isHeader ? marked!.Value.Start : lines.Start;
        }

        return marked?.Start ?? dialect.Table.Start;
    }

    private static bool HasFigure(ReadOnlySpan<DelimitedCell> cells, ReadOnlySpan<byte> row)
    {
        foreach (var cell in cells)
        {
            if (IsFigure(row.Slice(cell.Start, cell.Length)))
                return true;
        }

        return false;
    }

    /// <summary>Whether a cell looks like a number, a date or a time, in whatever country's way.</summary>
    private static bool IsFigure(ReadOnlySpan<byte> cell) =>
        cell.ContainsAnyInRange((byte)'0', (byte)'9') && !cell.ContainsAnyExcept(FigureBytes);
}
