namespace Rlm.Runtime.Values.Dates;

/// <summary>Reads a time of day, and an offset from UTC, where a date's text has them.</summary>
internal static class ClockScan
{
    /// <summary>The offset from UTC at the start of a text, and its length; null for none.</summary>
    public static TimeSpan? OffsetAt(ReadOnlySpan<char> text, out int length)
    {
        var cursor = new DateCursor(text);
        var offset = ScanOffset(ref cursor);
        length = cursor.At;
        return offset;
    }

    /// <summary>A time of day.</summary>
    /// <param name="cursor">Where it begins; behind it where there is one.</param>
    /// <param name="isCompact">Whether <c>090507</c> and <c>09.05.07</c> may be one.</param>
    /// <param name="needsSeconds">Whether hours and minutes alone are none.</param>
    public static TimeSpan? ScanTime(ref DateCursor cursor, bool isCompact, bool needsSeconds)
    {
        int hour, minute, second = 0;
        char separator = cursor.Peek(cursor.DigitCount());
        if (isCompact && cursor.DigitCount() is 6 or 4)
        {
            int length = cursor.DigitCount(), number = cursor.Number(4, 6);
            (hour, minute, second) = length == 6 ? (number / 10000, number / 100 % 100, number % 100) : (number / 100, number % 100, 0);
            return OfParts(hour, minute, second, Fraction(ref cursor, '.'));
        }

        if (separator != ':' && (separator != '.' || !isCompact))
            return null;

        hour = cursor.Number(1, 2);
        cursor.At++;
        minute = cursor.Number(2, 2);
        long fraction = 0;
        bool hasSeconds = cursor.Peek() == separator && cursor.Peek(1) is >= '0' and <= '9';
        if (hasSeconds)
        {
            cursor.At++;
            second = cursor.Number(2, 2);
            fraction = Fraction(ref cursor, ':');
        }
        else if (separator == '.' || needsSeconds)
        {
            return null;
        }

        int start = cursor.At;
        cursor.SkipBlanks();
        if (ScanHalfDay(ref cursor) is not { } half)
            cursor.At = start;
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
    private static long Fraction(ref DateCursor cursor, char other)
    {
        if (cursor.Peek() is not ('.' or ',') && cursor.Peek() != other)
            return 0;

        cursor.At++;
        int digits = cursor.DigitCount();
        if (digits is 0 or > 9)
            return -1;

        long ticks = 0;
        for (int i = 0; i < 7; i++)
            ticks = (10 * ticks) + (i < digits ? cursor.Peek(i) - '0' : 0);
        cursor.At += digits;
        return ticks;
    }

    private static int? ScanHalfDay(ref DateCursor cursor)
    {
        if (cursor.Peek() is not ('A' or 'a' or 'P' or 'p'))
            return null;

        int half = cursor.Peek() is 'A' or 'a' ? 0 : 12, start = cursor.At++;
        bool hasPoint = cursor.Skip('.');
        if (cursor.Peek() is 'M' or 'm')
        {
            cursor.At++;
            if (!hasPoint || cursor.Skip('.'))
                return half;
        }

        cursor.At = start;
        return null;
    }

    /// <summary>
    /// <c>Z</c>, <c>UTC</c>, <c>GMT</c>, <c>+02:00</c>, <c>+0200</c>, <c>+02</c>; null, and nowhere further, for anything else.
    /// </summary>
    public static TimeSpan? ScanOffset(ref DateCursor cursor)
    {
        int start = cursor.At;
        cursor.SkipBlanks();
        bool isUtc = cursor.Skip('Z') || cursor.Skip('z');
        if (!isUtc && (cursor.Rest.StartsWith("UTC", StringComparison.Ordinal) || cursor.Rest.StartsWith("GMT", StringComparison.Ordinal)))
        {
            isUtc = true;
            cursor.At += 3;
        }

        if (cursor.Peek() is '+' or '-' && cursor.Peek(1) is >= '0' and <= '9')
        {
            int sign = cursor.Take() == '-' ? -1 : 1;
            int digits = cursor.DigitCount(), number = cursor.Number(1, 4);
            int hours = digits > 2 ? number / 100 : number, minutes = digits > 2 ? number % 100 : 0;
            if (digits <= 2 && cursor.Peek() == ':')
            {
                cursor.At++;
                minutes = cursor.Number(2, 2);
            }

            if (hours is >= 0 and <= 14 && minutes is >= 0 and <= 59)
                return sign * new TimeSpan(hours, minutes, 0);
        }
        else if (isUtc)
        {
            return TimeSpan.Zero;
        }

        cursor.At = start;
        return null;
    }
}
