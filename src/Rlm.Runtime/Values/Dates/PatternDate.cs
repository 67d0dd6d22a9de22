using System.Globalization;
using Rlm.Dsl.Formats;

namespace Rlm.Runtime.Values.Dates;

/// <summary>Reads dates by a pattern, the one that writes them.</summary>
internal ref struct PatternDate
{
    private readonly ReadOnlySpan<char> _text;
    private int _at;
    private int? _year, _month, _day, _dayOfYear, _isoYear, _isoWeek, _weekday, _hour, _hour12, _half;
    private int _minute, _second;
    private long _ticks;
    private TimeSpan? _offset;
    private decimal? _epochSeconds;

    private PatternDate(ReadOnlySpan<char> text) => _text = text;

    /// <summary>The date that a text is by a pattern; null where it is none.</summary>
    /// <param name="text">The text; blanks around do not count.</param>
    /// <param name="pattern">The pattern.</param>
    /// <param name="latest">When a text without a year was written at the latest; null where nobody knows.</param>
    public static PointInTime? TryRead(ReadOnlySpan<char> text, DatePattern pattern, DateTime? latest)
    {
        var read = new PatternDate(text.Trim());
        for (int i = 0; i < pattern.Parts.Count; i++)
        {
            bool isFollowedByDigits = i + 1 < pattern.Parts.Count && pattern.Parts[i + 1].IsNumber;
            if (!read.Scan(pattern.Parts[i], isFollowedByDigits))
                return null;
        }

        return read._at == read._text.Length ? read.Compose(pattern, latest) : null;
    }

    private bool Scan(DatePart part, bool isFollowedByDigits)
    {
        switch (part.Field)
        {
            case DateField.Literal:
                return ScanText(part.Text);
            case DateField.MonthName or DateField.MonthAbbreviation:
                return ScanName(DateNames.Months, out _month);
            case DateField.WeekdayName or DateField.WeekdayAbbreviation:
                return ScanName(DateNames.Weekdays, out _weekday);
            case DateField.HalfDay:
                return ScanHalfDay(part.Width);
            case DateField.Offset or DateField.ZoneName:
                return ScanOffset();
            case DateField.Fraction:
                return ScanFraction(part, isFollowedByDigits);
            case DateField.Epoch or DateField.EpochMilliseconds:
                return ScanEpoch(part.Field == DateField.EpochMilliseconds);
        }

        int most = part.Field switch
        {
            DateField.Year or DateField.IsoYear => 4,
            DateField.DayOfYear => 3,
            DateField.WeekdayFromMonday or DateField.WeekdayFromSunday => 1,
            _ => 2,
        };
        if (part.Fill == ' ')
            SkipBlanks();
        int start = _at, number = 0;
        while (_at < _text.Length && _at - start < most && char.IsAsciiDigit(_text[_at]))
            number = (10 * number) + _text[_at++] - '0';

        // Digits that run on into those of the next part, and years, are as many as the pattern has.
        int digits = _at - start;
        if (digits == 0 || (digits < part.Width && part.Fill != ' '
            && (isFollowedByDigits || part.Field is DateField.Year or DateField.YearOfCentury or DateField.IsoYear)))
            return false;
        if (part.Field == DateField.OrdinalDay && (_at + 2 > _text.Length || _text[_at..(_at += 2)] is not ("st" or "nd" or "rd" or "th")))
            return false;
        Set(part.Field, number);
        return true;
    }

    private void Set(DateField field, int number)
    {
        switch (field)
        {
            case DateField.Year:
                _year = number;
                break;
            case DateField.YearOfCentury:
                _year ??= NumericDay.FullYear(number);
                break;
            case DateField.IsoYear:
                _isoYear = number;
                break;
            case DateField.IsoYearOfCentury:
                _isoYear ??= NumericDay.FullYear(number);
                break;
            case DateField.Month:
                _month = number;
                break;
            case DateField.Day or DateField.OrdinalDay:
                _day = number;
                break;
            case DateField.DayOfYear:
                _dayOfYear = number;
                break;
            case DateField.IsoWeek:
                _isoWeek = number;
                break;
            case DateField.WeekdayFromMonday:
                _weekday = number;
                break;
            case DateField.WeekdayFromSunday:
                _weekday = number == 0 ? 7 : number;
                break;
            case DateField.Hour:
                _hour = number;
                break;
            case DateField.Hour12:
                _hour12 = number;
                break;
            case DateField.Minute:
                _minute = number;
                break;
            case DateField.Second:
                _second = number;
                break;
        }
    }

    private readonly PointInTime? Compose(DatePattern pattern, DateTime? latest)
    {
        if (_epochSeconds is { } epoch)
        {
            decimal ticks = (epoch * TimeSpan.TicksPerSecond) + DateTime.UnixEpoch.Ticks;
            return ticks >= 0 && ticks <= DateTime.MaxValue.Ticks
                ? PointInTime.OfTime(new DateTime((long)decimal.Floor(ticks)), TimeSpan.Zero)
                : null;
        }

        int? hour = _hour ?? (_hour12 is >= 1 and <= 12 ? (_hour12 % 12) + ((_half ?? 0) * 12) : _hour12 is null ? 0 : null);
        if (hour is not (>= 0 and <= 23) || _minute > 59 || _second > 59)
            return null;

        var time = new TimeSpan(hour.Value, _minute, _second) + new TimeSpan(_ticks);
        if (!pattern.HasDay)
            return PointInTime.OfClock(time);

        if (_year is null && _isoYear is null && _month is not null && _day is not null)
        {
            return latest is { } end && _month is >= 1 and <= 12 && _day >= 1 && _day <= DateTime.DaysInMonth(DateScan.NoYear, _month.Value)
                ? DateText.InLastYear(new PointInTime(
                    new DateTime(DateScan.NoYear, _month.Value, _day.Value) + time,
                    pattern.HasTime ? DatePrecision.Time : DatePrecision.Day,
                    _offset)
                { Guess = DateGuess.Year }, end + DateText.FurthestZone)
                : null;
        }

        return Day() is var (day, precision)
            ? new PointInTime(day + time, pattern.HasTime ? DatePrecision.Time : precision, pattern.HasTime ? _offset : null)
            : null;
    }

    private readonly (DateTime Day, DatePrecision Precision)? Day()
    {
        if (_isoYear is >= 1 and var isoYear && _isoWeek is >= 1 and <= 53 and var week && _weekday is null or (>= 1 and <= 7))
            return (ISOWeek.ToDateTime(isoYear, week, (DayOfWeek)((_weekday ?? 1) % 7)), DatePrecision.Day);
        if (_year is not >= 1 and var _ || _year is not { } year)
            return null;
        if (_dayOfYear is { } place)
            return place >= 1 && place <= (DateTime.IsLeapYear(year) ? 366 : 365)
                ? (new DateTime(year, 1, 1).AddDays(place - 1), DatePrecision.Day)
                : null;
        if (_month is null && _day is null)
            return (new DateTime(year, 1, 1), DatePrecision.Year);
        if (_month is not (>= 1 and <= 12) || _day is < 1 || _day > DateTime.DaysInMonth(year, _month.Value))
            return null;
        return (new DateTime(year, _month.Value, _day ?? 1), _day is null ? DatePrecision.Month : DatePrecision.Day);
    }

    /// <summary>A literal; a blank of it is one blank or more, so that columns may be aligned.</summary>
    private bool ScanText(string literal)
    {
        foreach (char c in literal)
        {
            if (_at >= _text.Length || (c == ' ' ? !char.IsWhiteSpace(_text[_at]) : _text[_at] != c))
                return c == ' ' && _at > 0 && _at <= _text.Length && char.IsWhiteSpace(_text[_at - 1]);
            _at++;
            if (c == ' ')
                SkipBlanks();
        }

        return true;
    }

    private void SkipBlanks()
    {
        while (_at < _text.Length && char.IsWhiteSpace(_text[_at]))
            _at++;
    }

    private bool ScanName(IReadOnlyList<string> names, out int? place)
    {
        // Names may run on into what follows, so the whole ones are tried first.
        place = null;
        foreach (bool isWhole in (ReadOnlySpan<bool>)[true, false])
        {
            for (int i = 0; i < names.Count; i++)
            {
                string name = isWhole ? names[i] : names[i][..3];
                if (!_text[_at..].StartsWith(name, StringComparison.OrdinalIgnoreCase))
                    continue;
                place = i + 1;
                _at += name.Length;
                return true;
            }
        }

        return false;
    }

    private bool ScanHalfDay(int width)
    {
        if (_at + width > _text.Length || _text[_at] is not ('A' or 'a' or 'P' or 'p') || (width > 1 && _text[_at + 1] is not ('M' or 'm')))
            return false;
        _half = _text[_at] is 'A' or 'a' ? 0 : 1;
        _at += width;
        return true;
    }

    private bool ScanOffset()
    {
        var rest = _text[_at..];
        _offset = ClockScan.OffsetAt(rest, out int length);
        _at += length;

        // A time of no known offset writes none.
        return true;
    }

    private bool ScanFraction(DatePart part, bool isFollowedByDigits)
    {
        if (part.IsTrimmed && part.Text.Length > 0)
        {
            if (!_text[_at..].StartsWith(part.Text, StringComparison.Ordinal))
                return true;
            _at += part.Text.Length;
        }

        int start = _at, most = isFollowedByDigits ? part.Width : 9;
        long scale = TimeSpan.TicksPerSecond;
        for (; _at < _text.Length && _at - start < most && char.IsAsciiDigit(_text[_at]); _at++)
        {
            scale /= 10;
            _ticks += scale * (_text[_at] - '0');
        }

        return _at > start || part.IsTrimmed;
    }

    private bool ScanEpoch(bool isMilliseconds)
    {
        int start = _at;
        if (_at < _text.Length && _text[_at] == '-')
            _at++;
        int digits = _at;
        while (_at < _text.Length && char.IsAsciiDigit(_text[_at]))
            _at++;
        digits = _at - digits;
        if (digits == 0)
            return false;
        if (_at < _text.Length && _text[_at] == '.')
        {
            for (_at++; _at < _text.Length && char.IsAsciiDigit(_text[_at]); _at++)
            {
            }
        }

        if (!decimal.TryParse(
            _text[start.._at],
            NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint,
            CultureInfo.InvariantCulture,
            out decimal number))
            return false;

        // Eleven digits of seconds reach the year 5138.
        _epochSeconds =
            number / (isMilliseconds ? 1_000m : digits switch { <= 11 => 1m, <= 14 => 1_000m, <= 17 => 1_000_000m, _ => 1_000_000_000m });
        return true;
    }
}
