namespace Rlm.Runtime.Values.Dates;

/// <summary>
/// Three numbers between <c>/</c>, <c>-</c> or <c>.</c> with the year at an end that does not tell itself:
/// <c>3/5/2026</c>, <c>17/06/09</c>.
/// </summary>
/// <param name="First">The first number.</param>
/// <param name="Second">The second number.</param>
/// <param name="Third">The last number.</param>
/// <param name="Separator">What stands between them.</param>
/// <param name="HasFullYear">Whether the last number has four digits, which makes it the year.</param>
internal readonly record struct NumericDay(int First, int Second, int Third, char Separator, bool HasFullYear)
{
    // A year of two digits is of this century up to here, as POSIX has it.
    private const int LastYearOfThisCentury = 68;

    private DateOrder Orders =>
        (Is(DateOrder.MonthFirst) ? DateOrder.MonthFirst : 0) | (Is(DateOrder.DayFirst) ? DateOrder.DayFirst : 0)
            | (Is(DateOrder.YearFirst) ? DateOrder.YearFirst : 0);

    /// <summary>The year that two digits are.</summary>
    public static int FullYear(int number) => number > LastYearOfThisCentury ? 1900 + number : 2000 + number;

    /// <summary>Reads it at the start of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="length">How many characters it takes.</param>
    public static NumericDay? TryScan(ReadOnlySpan<char> text, out int length)
    {
        length = 0;
        int first = Number(text, ref length, 2, out _);
        if (first < 0 || length >= text.Length || text[length] is not ('/' or '-' or '.'))
            return null;

        char separator = text[length++];
        int second = Number(text, ref length, 2, out _);
        if (second < 0 || length >= text.Length || text[length++] != separator)
            return null;

        int third = Number(text, ref length, 4, out int digits);
        // Behind dots, 1.13.22 is a version as likely as a day.
        return (digits == 4 || (digits == 2 && separator != '.')) && third >= 0
            && (length == text.Length || !char.IsAsciiLetterOrDigit(text[length]) || text[length] == 'T')
            ? new NumericDay(first, second, third, separator, digits == 4)
            : null;
    }

    /// <summary>
    /// Whether the separator has an order by custom, as in <c>3.5.2026</c>, which is a guess only where the column has none.
    /// </summary>
    public bool IsCustomary => Separator == '.' && Orders.HasFlag(DateOrder.DayFirst);

    /// <summary>The orders that decide what day it is; none where all give one day.</summary>
    public DateOrder Evidence() =>
        Orders is var orders && orders == (DateOrder.MonthFirst | DateOrder.DayFirst) && First == Second ? DateOrder.None : orders;

    /// <summary>The day; null where it is none in that order, or no order is known and a year of two digits leaves it open.</summary>
    /// <param name="order">The order, one; none where it is not known.</param>
    /// <param name="hasTime">Whether a time follows, before which loggers put a year of two digits first.</param>
    public DateTime? DayIn(DateOrder order, bool hasTime)
    {
        var possible = Orders;
        if (order != DateOrder.None)
            return (possible & order) != 0 ? Day(order) : null;

        if (!HasFullYear && !int.IsPow2((int)possible))
            return hasTime && possible.HasFlag(DateOrder.YearFirst) ? Day(DateOrder.YearFirst) : null;

        return IsCustomary ? Day(DateOrder.DayFirst)
            : possible.HasFlag(DateOrder.MonthFirst) ? Day(DateOrder.MonthFirst)
            : possible == DateOrder.None ? null : Day(possible);
    }

    private bool Is(DateOrder order)
    {
        var (year, month, day) = Parts(order);
        return (order != DateOrder.YearFirst || !HasFullYear) && year >= 1 && month is >= 1 and <= 12 && day >= 1
            && day <= DateTime.DaysInMonth(year, month);
    }

    private DateTime Day(DateOrder order)
    {
        var (year, month, day) = Parts(order);
        return new DateTime(year, month, day);
    }

    private (int Year, int Month, int Day) Parts(DateOrder order) => order switch
    {
        DateOrder.MonthFirst => (Year(Third), First, Second),
        DateOrder.DayFirst => (Year(Third), Second, First),
        _ => (Year(First), Second, Third),
    };

    private int Year(int number) => HasFullYear ? number : FullYear(number);

    /// <summary>A number of at most so many digits; -1 for none.</summary>
    private static int Number(ReadOnlySpan<char> text, ref int at, int mostDigits, out int digits)
    {
        int start = at, number = 0;
        for (; at < text.Length && at - start < mostDigits && char.IsAsciiDigit(text[at]); at++)
            number = (10 * number) + text[at] - '0';
        digits = at - start;
        return digits > 0 ? number : -1;
    }
}
