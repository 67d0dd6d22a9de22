using System.Text;

namespace Rlm.Files.Office;

/// <summary>Writes a text whose parts are set apart: <c>10^6</c>, <c>x_2</c> and <c>~~100~~</c>, so that none is read as 106.</summary>
internal sealed class MarkedText
{
    private static readonly string[] Ordinals = ["st", "nd", "rd", "th"];

    private readonly StringBuilder _text = new();
    private readonly StringBuilder _part = new();
    private TextMarks _marks;

    public int Length => _text.Length + _part.Length;

    public void Append(string text, TextMarks marks = TextMarks.None)
    {
        if (text.Length == 0)
            return;

        if (marks != _marks)
            Close();
        _marks = marks;
        (marks == TextMarks.None ? _text : _part).Append(text);
    }

    public override string ToString()
    {
        Close();
        return _text.ToString();
    }

    private void Close()
    {
        string part = _part.ToString();
        _part.Clear();
        string core = part.Trim();
        if (core.Length == 0)
        {
            _text.Append(part);
            return;
        }

        int start = part.IndexOf(core, StringComparison.Ordinal);
        _text.Append(part, 0, start);
        if (_marks.HasFlag(TextMarks.Struck))
            _text.Append("~~");
        if (FindSign(core) is { } sign)
            _text.Append(sign).Append(core.All(char.IsLetterOrDigit) ? core : $"({core})");
        else
            _text.Append(core);
        if (_marks.HasFlag(TextMarks.Struck))
            _text.Append("~~");
        _text.Append(part, start + core.Length, part.Length - start - core.Length);
    }

    /// <summary>The sign before a raised or lowered part; null for signs such as ® and the letters of 1st.</summary>
    private char? FindSign(string part)
    {
        char? sign = _marks.HasFlag(TextMarks.Superscript) ? '^' : _marks.HasFlag(TextMarks.Subscript) ? '_' : null;
        bool isOrdinal = sign == '^' && Ordinals.Contains(part) && _text.Length > 0 && char.IsAsciiDigit(_text[^1]);
        return isOrdinal || !part.Any(char.IsLetterOrDigit) ? null : sign;
    }
}
