namespace Rlm.Documents;

/// <summary>A table whose rows are being read. A cell that spans columns or rows stands in each cell that it spans.</summary>
/// <param name="writer">Where the cells go.</param>
/// <param name="allowance">How much spans may repeat.</param>
/// <param name="onRow">Told the cells of each row; null for nobody.</param>
internal sealed class HtmlTable(BlockWriter writer, SpanAllowance allowance, Action<IReadOnlyList<string>>? onRow)
{
    /// <summary>The most columns that a cell spans, by the standard.</summary>
    public const int MaxColumns = 1_000;

    /// <summary>The most rows that a cell spans, by the standard.</summary>
    public const int MaxRows = 65_534;

    // By column, what a cell above leaves to the rows below, and to how many.
    private readonly List<(string Text, int Rows)> _spans = [];
    private readonly List<string> _row = [];
    private bool _isInRow;
    private int _column;
    private (int Columns, int Rows)? _cell;
    private int _copyStart;

    private bool IsCopied => onRow is not null || _cell is not (1, 1);

    public void StartRow()
    {
        EndRow();
        writer.StartRow();
        _isInRow = true;
    }

    /// <summary>Begins a cell.</summary>
    /// <param name="columns">How many columns it spans.</param>
    /// <param name="rows">How many rows it spans.</param>
    public void StartCell(int columns, int rows)
    {
        EndCell();
        WriteSpans();
        StartColumn();
        _cell = (columns, rows);
        if (IsCopied)
            _copyStart = writer.StartCopy();
    }

    public void EndCell()
    {
        if (_cell is not var (columns, rows))
            return;

        string text = IsCopied ? writer.EndCopy(_copyStart) : "";
        _cell = null;
        for (int i = 0; i < columns; i++)
        {
            if (i == 0 || allowance.Take(text))
                Leave(i == 0 ? null : text, text, rows - 1);
        }
    }

    public void EndRow()
    {
        if (!_isInRow && _column == 0 && _cell is null)
            return;

        EndCell();
        int last = _spans.FindLastIndex(span => span.Rows > 0);
        while (_isInRow && _column <= last)
        {
            WriteSpans();
            // A cell that the row does not have stands before one that spans from above.
            if (_column <= last)
                Leave("", "", 0);
        }

        if (_isInRow)
            onRow?.Invoke([.. _row]);
        if (_isInRow && _column > 0)
            writer.EndRow();
        else
            writer.EndItem();
        _row.Clear();
        _column = 0;
        _isInRow = false;
    }

    /// <summary>Begins or ends a group of rows, where cells stop to span.</summary>
    public void StartGroup()
    {
        EndRow();
        _spans.Clear();
    }

    /// <summary>Writes the cells that rows above leave here.</summary>
    private void WriteSpans()
    {
        while (_column < _spans.Count && _spans[_column] is { Rows: > 0 } span && allowance.Take(span.Text))
            Leave(span.Text, span.Text, span.Rows - 1);
    }

    /// <summary>Begins the next cell, behind a bar; the first one of a text outside rows has none.</summary>
    private void StartColumn()
    {
        if (_isInRow || _column > 0)
            writer.StartCell(isFirst: _column == 0);
    }

    /// <summary>Goes on to the next column.</summary>
    /// <param name="written">What is to be written; null where it is written.</param>
    /// <param name="text">The cell's text.</param>
    /// <param name="rows">How many rows below get it.</param>
    private void Leave(string? written, string text, int rows)
    {
        if (written is not null)
        {
            StartColumn();
            writer.Text(written);
        }

        _row.Add(text);
        if (_column < _spans.Count)
            _spans[_column] = (text, rows);
        else
            _spans.Add((text, rows));
        _column++;
    }
}
