namespace Rlm.Runtime.Values.Dates;

/// <summary>A place in a text that a date is read off.</summary>
internal ref struct DateCursor(ReadOnlySpan<char> text)
{
    private readonly ReadOnlySpan<char> _text = text;

    /// <summary>How many characters are read.</summary>
    public int At { get; set; }

    public readonly int Length => _text.Length;

    public readonly bool IsAtEnd => At == _text.Length;

    public readonly ReadOnlySpan<char> Rest => _text[At..];

    /// <summary>The character here, or behind it; NUL behind the end.</summary>
    public readonly char Peek(int ahead = 0) => At + ahead < _text.Length ? _text[At + ahead] : '\0';

    /// <summary>The character here, which is read.</summary>
    public char Take() => _text[At++];

    public void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\u00A0')
            At++;
    }

    public bool Skip(char c)
    {
        if (Peek() != c)
            return false;
        At++;
        return true;
    }

    /// <summary>How many digits stand here.</summary>
    public readonly int DigitCount()
    {
        int count = 0;
        while (Peek(count) is >= '0' and <= '9')
            count++;
        return count;
    }

    /// <summary>The number of as many digits as wanted; -1 where fewer or more stand here.</summary>
    public int Number(int least, int most)
    {
        int count = DigitCount(), number = 0;
        if (count < least || count > most)
            return -1;
        for (int i = 0; i < count; i++)
            number = (10 * number) + _text[At++] - '0';
        return number;
    }
}
