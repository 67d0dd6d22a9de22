using System.Buffers;
using System.Text;

namespace Rlm.Documents;

/// <summary>Lays a text out in blocks: blanks fold into one, and the breaks that neighbours ask for become one.</summary>
/// <param name="sink">Takes the text.</param>
/// <param name="marksQuotes">Whether quotes have <c>&gt; </c> before their lines.</param>
internal sealed class BlockWriter(BlockSink sink, bool marksQuotes = false)
{
    private const int BufferChars = 1024;
    private const int MostMarks = 20;
    private const string Blanks = " \t\n\r\f";

    private static readonly SearchValues<char> BlankOrSpecial = SearchValues.Create(Blanks + '\u00A0');

    private readonly Encoder _encoder = Encoding.UTF8.GetEncoder();
    private readonly char[] _buffer = new char[BufferChars];
    private readonly byte[] _bytes = new byte[Encoding.UTF8.GetMaxByteCount(BufferChars)];
    private readonly StringBuilder _mark = new();
    private int _used;
    private int _breaks;
    private bool _hasBlank;
    private bool _isEmpty = true;

    // Whether an item, row or cell has begun and has no text yet.
    private bool _isAtStart;
    private bool _rowHasText;

    // How many quotes are open, and were when a text was last written.
    private int _quotes;
    private int _writtenQuotes;

    // What was written since the outermost copy began.
    private readonly StringBuilder _copy = new();
    private int _copies;

    /// <summary>Ends the line, or leaves a blank one; not where an item, row or cell has just begun.</summary>
    /// <param name="lineEnds">1 for a new line, 2 for a blank one before it.</param>
    public void Break(int lineEnds)
    {
        if (!_isAtStart)
            _breaks = Math.Max(_breaks, lineEnds);
    }

    /// <summary>Begins a quote.</summary>
    public void StartQuote() => _quotes += marksQuotes ? 1 : 0;

    public void EndQuote() => _quotes = Math.Max(0, _quotes - 1);

    /// <summary>One line end more, up to a blank line.</summary>
    public void LineEnd() => Break(Math.Min(_breaks + 1, 2));

    /// <summary>Begins an item: its mark stands before its first text, if it has any.</summary>
    public void StartItem(string mark, int lineEnds)
    {
        EndItem();
        Break(lineEnds);
        _mark.Append(mark);
        _isAtStart = true;
    }

    /// <summary>Ends an item or row; a mark that no text followed is dropped, but not the bars before empty cells.</summary>
    public void EndItem()
    {
        if (_mark.Length > 1 && _mark[^2] == '|')
            WritePending();
        _mark.Clear();
        _isAtStart = false;
    }

    /// <summary>Begins a row of cells.</summary>
    public void StartRow()
    {
        EndItem();
        Break(1);
        _rowHasText = false;
        _isAtStart = true;
    }

    /// <summary>Begins a cell behind its bar.</summary>
    public void StartCell(bool isFirst)
    {
        // What ended in the cell before does not break the row.
        if (_rowHasText)
            _breaks = 0;
        _mark.Append(isFirst ? "| " : " | ");
        _isAtStart = true;
    }

    /// <summary>Ends a row of cells with its last bar.</summary>
    public void EndRow()
    {
        if (_rowHasText)
            _breaks = 0;
        _mark.Append(" |");
        WritePending();
        EndItem();
    }

    /// <summary>Goes on with what a cut parted: the breaks that the next block asks for are left out.</summary>
    public void Join(int lineEnds)
    {
        _breaks = lineEnds;
        _isAtStart = true;
    }

    /// <summary>
    /// Keeps what is written from here on, too, and gives the place that <see cref="EndCopy"/> wants. Copies may lie in others.
    /// </summary>
    public int StartCopy()
    {
        _copies++;
        return _copy.Length;
    }

    /// <summary>What was written since, in one line.</summary>
    public string EndCopy(int start)
    {
        string text = string.Join(
            ' ', _copy.ToString(start, _copy.Length - start).Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        if (--_copies == 0)
            _copy.Clear();
        return text;
    }

    /// <summary>A text whose blanks fold.</summary>
    public void Text(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            int end = text.IndexOfAny(BlankOrSpecial);
            if (end != 0)
            {
                WritePending();
                AppendText(end < 0 ? text : text[..end]);
            }

            if (end < 0)
                return;
            if (text[end] == '\u00A0')
            {
                WritePending();
                AppendText(" ");
            }

            _hasBlank |= text[end] != '\u00A0';
            text = text[(end + 1)..];
        }
    }

    /// <summary>A text that is kept as it is.</summary>
    public void Verbatim(ReadOnlySpan<char> text)
    {
        var lines = text.TrimEnd('\n');
        if (lines.Length > 0)
        {
            WritePending();
            AppendLines(lines);
        }

        _breaks += text.Length - lines.Length;
    }

    /// <summary>Hands everything over; the text ends without a line end.</summary>
    public void Finish()
    {
        EndItem();
        Flush(isLast: true);
    }

    /// <summary>What was asked for since the last text: breaks and a mark, or a blank.</summary>
    private void WritePending()
    {
        bool isNewLine = _isEmpty || _breaks > 0;
        if (_copies > 0 && (_hasBlank || _breaks > 0 || _mark.Length > 0))
            _copy.Append(' ');
        for (int i = 0; i < _breaks && !_isEmpty; i++)
        {
            if (i > 0)
                Append(MarkOf(Math.Min(_quotes, _writtenQuotes)).TrimEnd());
            Append("\n");
        }

        if (isNewLine && _quotes > 0)
            Append(MarkOf(_quotes));
        _writtenQuotes = _quotes;
        if (_hasBlank && !isNewLine && _mark.Length == 0)
            Append(" ");
        foreach (var part in _mark.GetChunks())
            Append(part.Span);
        _mark.Clear();
        _breaks = 0;
        _hasBlank = false;
        _isEmpty = false;
        _isAtStart = false;
        _rowHasText = true;
    }

    /// <summary>What stands before a line of so many quotes.</summary>
    private static string MarkOf(int quotes) => quotes == 0 ? "" : $"{new string('>', Math.Min(quotes, MostMarks))} ";

    private void AppendLines(ReadOnlySpan<char> lines)
    {
        if (_quotes == 0)
        {
            AppendText(lines);
            return;
        }

        bool isFirst = true;
        foreach (var range in lines.Split('\n'))
        {
            if (!isFirst)
                AppendText($"\n{MarkOf(_quotes)}");
            AppendText(lines[range]);
            isFirst = false;
        }
    }

    private void AppendText(ReadOnlySpan<char> text)
    {
        if (_copies > 0)
            _copy.Append(text);
        Append(text);
    }

    private void Append(ReadOnlySpan<char> text)
    {
        while (text.Length > 0)
        {
            if (_used == BufferChars)
                Flush(isLast: false);
            int count = Math.Min(text.Length, BufferChars - _used);
            text[..count].CopyTo(_buffer.AsSpan(_used));
            _used += count;
            text = text[count..];
        }
    }

    private void Flush(bool isLast)
    {
        int count = _encoder.GetBytes(_buffer.AsSpan(0, _used), _bytes, isLast);
        sink(_bytes.AsSpan(0, count));
        _used = 0;
    }
}
