namespace Rlm.Runtime.Values.Dates;

internal ref partial struct DateScan
{
    /// <summary>What leads from a day to a time: blanks, a <c>T</c>, a comma, or a sign behind the forms that logs give it.</summary>
    private bool SkipToTime(out bool isCompact)
    {
        isCompact = false;
        char c = Peek();
        if (c is ' ' or '\t' or ',' or '\u00A0')
        {
            Skip(',');
            SkipBlanks();
            if (Rest.StartsWith("at ", StringComparison.OrdinalIgnoreCase))
                _at += 3;
            isCompact = _isYearFirst;
            return true;
        }

        if (c is not ('T' or 't' or '-' or ':' or '_') || (c is '-' or '_' && !_isYearFirst))
            return false;
        _at++;
        isCompact = _isYearFirst;
        return true;
    }

    /// <summary>A time of day.</summary>
    /// <param name="isCompact">Whether <c>090507</c> and <c>09.05.07</c> may be one.</param>
    private TimeSpan? ScanTime(bool isCompact)
    {
        int hour, minute, second = 0;
        char separator = Peek(DigitCount());
        if (isCompact && DigitCount() is 6 or 4)
        {
            int length = DigitCount(), number = Number(4, 6);
            (hour, minute, second) = length == 6 ? (number / 10000, number / 100 % 100, number % 100) : (number / 100, number % 100, 0);
            return OfParts(hour, minute, second, Fraction('.'));
        }

        if (separator != ':' && (separator != '.' || !isCompact))
            return null;

        hour = Number(1, 2);
        _at++;
        minute = Number(2, 2);
        long fraction = 0;
        bool hasSeconds = Peek() == separator && Peek(1) is >= '0' and <= '9';
        if (hasSeconds)
        {
            _at++;
            second = Number(2, 2);
            fraction = Fraction(':');
        }
        else if (separator == '.' || _yearless is not null)
        {
            return null;
        }

        int start = _at;
        SkipBlanks();
        if (ScanHalfDay() is not { } half)
            _at = start;
        else if (hour is < 1 or > 12)
            return null;
        else
            hour = (hour % 12) + half;
        return OfParts(hour, minute, second, fraction);
    }

    private static TimeSpan? OfParts(int hour, int minute, int second, long fraction) =>
        hour is >= 0 and <= 23 && minute is >= 0 and <= 59 && second is >= 0 and <= 59 && fraction >= 0
            ? new TimeSpan(hour, minute, second) + new TimeSpan(fraction)
            : null;

    /// <summary>The ticks of up to nine digits behind a point, a comma or another sign; a negative number where they are none.</summary>
    private long Fraction(char other)
    {
        if (Peek() is not ('.' or ',') && Peek() != other)
            return 0;

        _at++;
        int digits = DigitCount();
        if (digits is 0 or > 9)
            return -1;

        long ticks = 0;
        for (int i = 0; i < 7; i++)
            ticks = (10 * ticks) + (i < digits ? _text[_at + i] - '0' : 0);
        _at += digits;
        return ticks;
    }

    private int? ScanHalfDay()
    {
        if (Peek() is not ('A' or 'a' or 'P' or 'p'))
            return null;

        int half = Peek() is 'A' or 'a' ? 0 : 12, start = _at++;
        bool hasPoint = Skip('.');
        if (Peek() is 'M' or 'm')
        {
            _at++;
            if (!hasPoint || Skip('.'))
                return half;
        }

        _at = start;
        return null;
    }

    /// <summary>
    /// <c>Z</c>, <c>UTC</c>, <c>GMT</c>, <c>+02:00</c>, <c>+0200</c>, <c>+02</c>; null, and nowhere further, for anything else.
    /// </summary>
    private TimeSpan? ScanOffset()
    {
        int start = _at;
        SkipBlanks();
        bool isUtc = Skip('Z') || Skip('z');
        if (!isUtc && (Rest.StartsWith("UTC", StringComparison.Ordinal) || Rest.StartsWith("GMT", StringComparison.Ordinal)))
        {
            isUtc = true;
            _at += 3;
        }

        if (Peek() is '+' or '-' && Peek(1) is >= '0' and <= '9')
        {
            int sign = _text[_at++] == '-' ? -1 : 1;
            int digits = DigitCount(), number = Number(1, 4);
            int hours = digits > 2 ? number / 100 : number, minutes = digits > 2 ? number % 100 : 0;
            if (digits <= 2 && Peek() == ':')
            {
                _at++;
                minutes = Number(2, 2);
            }

            if (hours is >= 0 and <= 14 && minutes is >= 0 and <= 59)
                return sign * new TimeSpan(hours, minutes, 0);
        }
        else if (isUtc)
        {
            return TimeSpan.Zero;
        }

        _at = start;
        return null;
    }

    /// <summary>The year behind the time: <c>Sun Dec 04 04:47:44 2005</c>.</summary>
    private int? ScanLateYear()
    {
        int start = _at;
        SkipBlanks();
        if (_at > start && Number(4, 4) is >= 1 and var year)
            return year;
        _at = start;
        return null;
    }

    /// <summary>A zone's name as mail puts it behind an offset: <c>+0100 (CET)</c>.</summary>
    private void SkipComment()
    {
        int start = _at;
        SkipBlanks();
        if (Peek() == '(' && _text[^1] == ')')
            _at = _text.Length;
        else
            _at = start;
    }
}
