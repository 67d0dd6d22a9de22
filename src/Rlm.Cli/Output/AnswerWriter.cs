using System.Text;

namespace Rlm.Cli.Output;

/// <summary>Writes a value as it comes: all of it to a file or a pipe, without control characters to a terminal. It ends with one line end.</summary>
/// <param name="output">Where to; null for somebody who only looks at it.</param>
/// <param name="isTerminal">Whether that is a terminal.</param>
/// <param name="isExact">Whether empty lines at its end are items, and stay.</param>
internal sealed class AnswerWriter(TextWriter? output, bool isTerminal, bool isExact) : TextWriter
{
    private const int StartChars = 4;

    private readonly StringBuilder _start = new();
    private bool _isBlank = true;
    private bool _hasRule = true;
    private int _lineEnds;

    // Line ends that are written once something follows them.
    private int _heldBack;

    public override Encoding Encoding => Encoding.UTF8;

    /// <summary>How many signs there are that something is cut.</summary>
    public long Cuts { get; private set; }

    /// <summary>Whether there is no more than a header.</summary>
    public bool IsEmpty(RlmFormat format) => _isBlank || format switch
    {
        RlmFormat.Json => _start.ToString() is "[]" or "\"\"",
        RlmFormat.Csv => _lineEnds == 0,
        RlmFormat.Table => _lineEnds == 1 && _hasRule,
        _ => false,
    };

    public override void Write(char value) => Write([value]);

    public override void Write(char[] buffer, int index, int count) => Write(buffer.AsSpan(index, count));

    public override void Write(ReadOnlySpan<char> buffer)
    {
        _start.Append(buffer[..Math.Min(buffer.Length, StartChars - _start.Length)]);
        _isBlank = _isBlank && buffer.IsWhiteSpace();
        Cuts += buffer.Count('…');
        LookAtLines(buffer);
        if (output is not null)
            Print(buffer);
    }

    /// <summary>Ends the value, unless nothing was written.</summary>
    public void End()
    {
        if (_start.Length > 0)
            output?.WriteLine();
        output?.Flush();
    }

    /// <summary>The first two lines tell whether there are rows.</summary>
    private void LookAtLines(ReadOnlySpan<char> text)
    {
        while (_lineEnds < 2)
        {
            int end = text.IndexOf('\n');
            if (_lineEnds == 1)
                _hasRule &= !(end < 0 ? text : text[..end]).ContainsAnyExcept('-', ' ');
            if (end < 0)
                return;

            _lineEnds++;
            text = text[(end + 1)..];
        }
    }

    private void Print(ReadOnlySpan<char> text)
    {
        var body = isExact ? text : text.TrimEnd('\n');
        if (!body.IsEmpty)
        {
            for (; _heldBack > 0; _heldBack--)
                output!.Write('\n');
            if (isTerminal)
                output!.Write(PlainText.Safe(new string(body)));
            else
                output!.Write(body);
        }

        _heldBack += text.Length - body.Length;
    }
}
