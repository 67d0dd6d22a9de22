namespace Rlm.Runtime.Values.Dates;

/// <summary>Reads a date, a time or both off a text that holds nothing else.</summary>
/// <param name="text">The text without blanks around.</param>
/// <param name="order">The order of numeric dates; none where it is not known.</param>
internal ref struct DateScan(ReadOnlySpan<char> text, DateOrder order)
{
    // A leap year, so that any day fits a date without a year.
    public const int NoYear = 4;

    private DateCursor _cursor = new(text);
    private DateTime? _day;
    private DatePrecision _precision = DatePrecision.Day;
    private DateGuess _guess;
    private (int Month, int Day)? _yearless;

    // Only behind numbers with the year first may a `-` or `.` lead to or stand in the time: 2005-06-03-15.42.50.
    private bool _isYearFirst;
    private bool _needsTime;

    public bool TryRead(out PointInTime read)
    {
        read = default;
        SkipWeekday();
        bool hasDay = _cursor.Peek() is >= '0' and <= '9' ? ScanNumericDay() : ScanNamedDay();
        if (!hasDay)
        {
            // A weekday alone says nothing, and no clock time follows one.
            if (_cursor.At > 0
                || ClockScan.ScanTime(ref _cursor, isCompact: false, needsSeconds: false) is not { } clock || !_cursor.IsAtEnd)
                return false;
            read = PointInTime.OfClock(clock);
            return true;
        }

        TimeSpan? time = null, offset = null;
        if (!_cursor.IsAtEnd && _precision == DatePrecision.Day)
        {
            if (!SkipToTime(out bool isCompact)
                || ClockScan.ScanTime(ref _cursor, isCompact, needsSeconds: _yearless is not null) is not { } found)
                return false;
            time = found;
            offset = ClockScan.ScanOffset(ref _cursor);
            if (_yearless is not null && ScanLateYear() is { } year)
                SetYear(year);
            SkipComment();
        }

        if (!_cursor.IsAtEnd || (_needsTime && time is null))
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

    private void SkipWeekday()
    {
        if (DateNames.Find(DateNames.Weekdays, _cursor.Rest, out int length) == 0)
            return;
        _cursor.At += length;
        _cursor.Skip('.');
        _cursor.Skip(',');
        _cursor.SkipBlanks();
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
        switch (_cursor.DigitCount())
        {
            case 4 when _cursor.Peek(4) is '-' or '/' or '.' or ' ':
                return ScanYearFirst();
            case 8:
                int compact = _cursor.Number(8, 8);
                _isYearFirst = true;
                return SetDay(compact / 10000, compact / 100 % 100, compact % 100);
            // HDFS: 081109 203615.
            case 6 when _cursor.Peek(6) == ' ' && _cursor.Length == _cursor.At + 13:
                int shortDay = _cursor.Number(6, 6);
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
        int year = _cursor.Number(4, 4);
        char separator = _cursor.Take();
        if (char.IsAsciiLetter(_cursor.Peek()))
        {
            int named = DateNames.Find(DateNames.Months, _cursor.Rest, out int length);
            _cursor.At += length;
            return named > 0 && _cursor.Skip(separator) && SetDay(year, named, _cursor.Number(1, 2));
        }

        int monthDigits = _cursor.DigitCount(), month = _cursor.Number(1, 2);
        if (separator == '-' && _cursor.IsAtEnd && monthDigits == 2)
        {
            _precision = DatePrecision.Month;
            return SetDay(year, month, 1);
        }

        _isYearFirst = true;
        return separator != ' ' && _cursor.Skip(separator) && SetDay(year, month, _cursor.Number(1, 2));
    }

    /// <summary>A day or month first: <c>3/5/2026</c>, <c>5 Mar 2026</c>, <c>03-17 16:13:38</c>.</summary>
    private bool ScanShortFirst()
    {
        if (NumericDay.TryScan(_cursor.Rest, out int length) is { } numeric)
        {
            // Loggers write 17/06/09 20:10:40 with the year first; nothing tells it of a bare 17/06/09.
            bool hasTime = _cursor.At + length < _cursor.Length;
            if (numeric.DayIn(order, hasTime) is not { } day)
                return false;
            _guess |= order == DateOrder.None && !numeric.IsCustomary && !int.IsPow2((int)numeric.Evidence())
                && numeric.Evidence() != DateOrder.None ? DateGuess.Order : DateGuess.None;
            _cursor.At += length;
            _day = day;
            return true;
        }

        int start = _cursor.At, first = _cursor.Number(1, 2);
        if (_cursor.At - start == 2 && _cursor.Peek() is '-' or '.' && _cursor.Peek(1) is >= '0' and <= '9'
            && _cursor.Peek(2) is >= '0' and <= '9' && _cursor.Peek(3) == ' ')
        {
            _cursor.At++;
            _yearless = (first, _cursor.Number(2, 2));
            return true;
        }

        if (ScanNamedMonth(out char separator) is > 0 and var month)
        {
            if (separator == ' ')
                _cursor.Skip(',');
            _cursor.SkipBlanks();
            int year = _cursor.Number(4, 4);
            if (year < 0 || !SetDay(year, month, first))
                return false;
            return true;
        }

        _cursor.At = start;
        return false;
    }

    /// <summary>
    /// A month's name behind a day and a sign, and the sign again: <c>5 Mar</c>, <c>5-Mar-</c>, <c>5/Mar/</c>, <c>5th of March</c>.
    /// </summary>
    private int ScanNamedMonth(out char separator)
    {
        SkipOrdinal();
        _cursor.Skip('.');
        separator = _cursor.Peek() is '-' or '/' ? _cursor.Take() : ' ';
        _cursor.SkipBlanks();
        if (_cursor.Rest.StartsWith("of ", StringComparison.OrdinalIgnoreCase))
            _cursor.At += 3;
        int month = DateNames.Find(DateNames.Months, _cursor.Rest, out int length);
        if (month == 0)
            return 0;
        _cursor.At += length;
        _cursor.Skip('.');
        return separator == ' ' || _cursor.Skip(separator) ? month : 0;
    }

    private void SkipOrdinal()
    {
        if (_cursor.Rest.Length >= 2 && (_cursor.Rest[..2] is "st" or "nd" or "rd" or "th"))
            _cursor.At += 2;
    }

    /// <summary>A month's name first: <c>Mar 5, 2026</c>, <c>Mar 5 09:05:07</c>, <c>March 2026</c>.</summary>
    private bool ScanNamedDay()
    {
        int month = DateNames.Find(DateNames.Months, _cursor.Rest, out int length);
        if (month == 0)
            return false;

        _cursor.At += length;
        _cursor.Skip('.');
        _cursor.Skip(',');
        _cursor.SkipBlanks();
        if (_cursor.DigitCount() == 4 && _cursor.At + 4 == _cursor.Length)
        {
            _precision = DatePrecision.Month;
            return SetDay(_cursor.Number(4, 4), month, 1);
        }

        int day = _cursor.Number(1, 2);
        SkipOrdinal();
        int behindDay = _cursor.At;
        _cursor.Skip(',');
        _cursor.SkipBlanks();
        if (_cursor.DigitCount() == 4)
            return SetDay(_cursor.Number(4, 4), month, day);

        _cursor.At = behindDay;
        _yearless = (month, day);
        return day > 0;
    }

    /// <summary>What leads from a day to a time: blanks, a <c>T</c>, a comma, or a sign behind the forms that logs give it.</summary>
    private bool SkipToTime(out bool isCompact)
    {
        isCompact = false;
        char c = _cursor.Peek();
        if (c is ' ' or '\t' or ',' or '\u00A0')
        {
            _cursor.Skip(',');
            _cursor.SkipBlanks();
            if (_cursor.Rest.StartsWith("at ", StringComparison.OrdinalIgnoreCase))
                _cursor.At += 3;
            isCompact = _isYearFirst;
            return true;
        }

        if (c is not ('T' or 't' or '-' or ':' or '_') || (c is '-' or '_' && !_isYearFirst))
            return false;
        _cursor.At++;
        isCompact = _isYearFirst;
        return true;
    }

    /// <summary>The year behind the time: <c>Sun Dec 04 04:47:44 2005</c>.</summary>
    private int? ScanLateYear()
    {
        int start = _cursor.At;
        _cursor.SkipBlanks();
        if (_cursor.At > start && _cursor.Number(4, 4) is >= 1 and var year)
            return year;
        _cursor.At = start;
        return null;
    }

    /// <summary>A zone's name as mail puts it behind an offset: <c>+0100 (CET)</c>.</summary>
    private void SkipComment()
    {
        int start = _cursor.At;
        _cursor.SkipBlanks();
        if (_cursor.Peek() == '(' && _cursor.Rest[^1] == ')')
            _cursor.At = _cursor.Length;
        else
            _cursor.At = start;
    }
}
