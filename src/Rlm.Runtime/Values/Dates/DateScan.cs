namespace Rlm.Runtime.Values.Dates;

/// <summary>Reads a date, a time or both off a text that holds nothing else.</summary>
/// <param name="text">The text without blanks around.</param>
/// <param name="order">The order of numeric dates; none where it is not known.</param>
internal ref partial struct DateScan(ReadOnlySpan<char> text, DateOrder order)
{
    // A leap year, so that any day fits a date without a year.
    public const int NoYear = 4;

    private readonly ReadOnlySpan<char> _text = text;
    private int _at;
    private DateTime? _day;
    private DatePrecision _precision = DatePrecision.Day;
    private DateGuess _guess;
    private (int Month, int Day)? _yearless;

    // Only behind numbers with the year first may a `-` or `.` lead to or stand in the time: 2005-06-03-15.42.50.
    private bool _isYearFirst;
    private bool _needsTime;

    /// <summary>The offset from UTC at the start of a text, and its length; null for none.</summary>
    public static TimeSpan? OffsetAt(ReadOnlySpan<char> text, out int length)
    {
        var scan = new DateScan(text, DateOrder.None);
        var offset = scan.ScanOffset();
        length = scan._at;
        return offset;
    }

    public bool TryRead(out PointInTime read)
    {
        read = default;
        SkipWeekday();
        bool hasDay = Peek() is >= '0' and <= '9' ? ScanNumericDay() : ScanNamedDay();
        if (!hasDay)
        {
            // A weekday alone says nothing, and no clock time follows one.
            if (_at > 0 || ScanTime(isCompact: false) is not { } clock || !AtEnd)
                return false;
            read = PointInTime.OfClock(clock);
            return true;
        }

        TimeSpan? time = null, offset = null;
        if (!AtEnd && _precision == DatePrecision.Day)
        {
            if (!SkipToTime(out bool isCompact) || ScanTime(isCompact) is not { } found)
                return false;
            time = found;
            offset = ScanOffset();
            if (_yearless is not null && ScanLateYear() is { } year)
                SetYear(year);
            SkipComment();
        }

        if (!AtEnd || (_needsTime && time is null))
            return false;

        if (_yearless is { } day)
        {
            if (time is null || !IsDay(NoYear, day.Month, day.Day))
                return false;
            _day = new DateTime(NoYear, day.Month, day.Day);
            _guess |= DateGuess.Year;
        }

        if (_day is not { } date)
            return false;

        read = new PointInTime(date + (time ?? TimeSpan.Zero), time is null ? _precision : DatePrecision.Time, offset) { Guess = _guess };
        return true;
    }

    private readonly bool AtEnd => _at == _text.Length;

    private readonly ReadOnlySpan<char> Rest => _text[_at..];

    private readonly char Peek(int ahead = 0) => _at + ahead < _text.Length ? _text[_at + ahead] : '\0';

    private void SkipBlanks()
    {
        while (Peek() is ' ' or '\t' or '\u00A0')
            _at++;
    }

    private bool Skip(char c)
    {
        if (Peek() != c)
            return false;
        _at++;
        return true;
    }

    private void SkipWeekday()
    {
        if (DateNames.Find(DateNames.Weekdays, Rest, out int length) == 0)
            return;
        _at += length;
        Skip('.');
        Skip(',');
        SkipBlanks();
    }

    /// <summary>How many digits stand here.</summary>
    private readonly int DigitCount()
    {
        int count = 0;
        while (Peek(count) is >= '0' and <= '9')
            count++;
        return count;
    }

    /// <summary>The number of as many digits as wanted; -1 where fewer or more stand here.</summary>
    private int Number(int least, int most)
    {
        int count = DigitCount(), number = 0;
        if (count < least || count > most)
            return -1;
        for (int i = 0; i < count; i++)
            number = (10 * number) + _text[_at++] - '0';
        return number;
    }

    private static bool IsDay(int year, int month, int day) =>
        year is >= 1 and <= 9999 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month);

    private bool SetDay(int year, int month, int day)
    {
        if (!IsDay(year, month, day))
            return false;
        _day = new DateTime(year, month, day);
        return true;
    }

    private void SetYear(int year)
    {
        if (_yearless is var (month, day))
            SetDay(year, month, day);
        _yearless = null;
    }

    private bool ScanNumericDay()
    {
        switch (DigitCount())
        {
            case 4 when Peek(4) is '-' or '/' or '.' or ' ':
                return ScanYearFirst();
            case 8:
                int compact = Number(8, 8);
                _isYearFirst = true;
                return SetDay(compact / 10000, compact / 100 % 100, compact % 100);
            // HDFS: 081109 203615.
            case 6 when Peek(6) == ' ' && _text.Length == _at + 13:
                int shortDay = Number(6, 6);
                _isYearFirst = _needsTime = true;
                return SetDay(NumericDay.FullYear(shortDay / 10000), shortDay / 100 % 100, shortDay % 100);
            case 1 or 2:
                return ScanShortFirst();
            default:
                return false;
        }
    }

    private bool ScanYearFirst()
    {
        int year = Number(4, 4);
        char separator = _text[_at++];
        if (char.IsAsciiLetter(Peek()))
        {
            int named = DateNames.Find(DateNames.Months, Rest, out int length);
            _at += length;
            return named > 0 && Skip(separator) && SetDay(year, named, Number(1, 2));
        }

        int monthDigits = DigitCount(), month = Number(1, 2);
        if (separator == '-' && AtEnd && monthDigits == 2)
        {
            _precision = DatePrecision.Month;
            return SetDay(year, month, 1);
        }

        _isYearFirst = true;
        return separator != ' ' && Skip(separator) && SetDay(year, month, Number(1, 2));
    }

    /// <summary>A day or month first: <c>3/5/2026</c>, <c>5 Mar 2026</c>, <c>03-17 16:13:38</c>.</summary>
    private bool ScanShortFirst()
    {
        if (NumericDay.TryScan(Rest, out int length) is { } numeric)
        {
            // Loggers write 17/06/09 20:10:40 with the year first; nothing tells it of a bare 17/06/09.
            bool hasTime = _at + length < _text.Length;
            if (numeric.DayIn(order, hasTime) is not { } day)
                return false;
            _guess |= order == DateOrder.None && !numeric.IsCustomary && !int.IsPow2((int)numeric.Evidence())
                && numeric.Evidence() != DateOrder.None ? DateGuess.Order : DateGuess.None;
            _at += length;
            _day = day;
            return true;
        }

        int start = _at, first = Number(1, 2);
        if (_at - start == 2 && Peek() is '-' or '.' && Peek(1) is >= '0' and <= '9' && Peek(2) is >= '0' and <= '9' && Peek(3) == ' ')
        {
            _at++;
            _yearless = (first, Number(2, 2));
            return true;
        }

        if (ScanNamedMonth(out char separator) is > 0 and var month)
        {
            if (separator == ' ')
                Skip(',');
            SkipBlanks();
            int year = Number(4, 4);
            if (year < 0 || !SetDay(year, month, first))
                return false;
            return true;
        }

        _at = start;
        return false;
    }

    /// <summary>
    /// A month's name behind a day and a sign, and the sign again: <c>5 Mar</c>, <c>5-Mar-</c>, <c>5/Mar/</c>, <c>5th of March</c>.
    /// </summary>
    private int ScanNamedMonth(out char separator)
    {
        SkipOrdinal();
        Skip('.');
        separator = Peek() is '-' or '/' ? _text[_at++] : ' ';
        SkipBlanks();
        if (Rest.StartsWith("of ", StringComparison.OrdinalIgnoreCase))
            _at += 3;
        int month = DateNames.Find(DateNames.Months, Rest, out int length);
        if (month == 0)
            return 0;
        _at += length;
        Skip('.');
        return separator == ' ' || Skip(separator) ? month : 0;
    }

    private void SkipOrdinal()
    {
        if (Rest.Length >= 2 && (Rest[..2] is "st" or "nd" or "rd" or "th"))
            _at += 2;
    }

    /// <summary>A month's name first: <c>Mar 5, 2026</c>, <c>Mar 5 09:05:07</c>, <c>March 2026</c>.</summary>
    private bool ScanNamedDay()
    {
        int month = DateNames.Find(DateNames.Months, Rest, out int length);
        if (month == 0)
            return false;

        _at += length;
        Skip('.');
        Skip(',');
        SkipBlanks();
        if (DigitCount() == 4 && _at + 4 == _text.Length)
        {
            _precision = DatePrecision.Month;
            return SetDay(Number(4, 4), month, 1);
        }

        int day = Number(1, 2);
        SkipOrdinal();
        int behindDay = _at;
        Skip(',');
        SkipBlanks();
        if (DigitCount() == 4)
            return SetDay(Number(4, 4), month, day);

        _at = behindDay;
        _yearless = (month, day);
        return day > 0;
    }
}
