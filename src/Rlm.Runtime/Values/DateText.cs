using System.Buffers;
using System.Globalization;
using System.Text;

namespace Rlm.Runtime.Values;

/// <summary>
/// Dates as texts write them: ISO 8601, log time stamps, month names, RFC 1123. <c>03/05/2026</c> is the fifth of March where no order is
/// known and both are possible. A time with an offset becomes UTC; a time without one is kept as it is.
/// </summary>
internal static class DateText
{
    private const int DayLength = 10;

    private static readonly string[] Times = ["", " HH:mm:ss", " HH:mm"];

    private static readonly string[] NumericDates = ["yyyy-MM-dd", "yyyy/M/d"];

    private static readonly string[] NamedDates =
        ["MMM d, yyyy", "MMMM d, yyyy", "d MMM yyyy", "d MMMM yyyy", "MMM d yyyy", "MMMM d yyyy", "d-MMM-yyyy", "ddd, d MMM yyyy", "dddd, MMMM d, yyyy", "ddd, MMM d, yyyy"];

    private static readonly string[] NumericFormats =
    [
        "yyyy-MM-ddTHH:mm:ss",
        "yyyy-MM-dd HH:mm:ss.FFFFFFF", "yyyy-MM-dd HH:mm:ss,FFFFFFF", "yyyy-MM-dd HH:mm:ss.FFFFFFFK", "yyyy-MM-dd HH:mm:ss K",
        "yyyy-MM-ddTHH:mm:ss.FFFFFFFK", "yyyy-MM-ddTHH:mmK", "yyyy-M-d", "yyyy-MM",
        .. NumericDates.SelectMany(date => Times.Concat([" h:mm:ss tt", " h:mm tt"]), (date, time) => date + time),
        "yyyyMMdd", "yyyyMMdd'T'HHmmssK",
    ];

    private static readonly string[] NamedFormats =
    [
        .. NamedDates.SelectMany(_ => Times.Concat([" h:mm tt"]), (date, time) => date + time),
        "ddd, d MMM yyyy HH:mm:ss 'GMT'", "ddd, d MMM yyyy HH:mm:ss K", "d/MMM/yyyy:HH:mm:ss K", "d/MMM/yyyy:HH:mm:ss",
        "ddd MMM d HH:mm:ss yyyy",
    ];

    /// <summary>The date that a text is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="order">The order of the parts of numeric dates, one; none where it is not known.</param>
    public static DateTime? TryRead(ReadOnlySpan<char> text, DateOrder order = DateOrder.None)
    {
        text = text.Trim();
        if (text.Length < 6 || !text.ContainsAnyInRange('0', '9'))
            return null;

        if (TryReadDay(text) is { } day)
            return day;

        if (NumericDay.TryScan(text, out int length) is { } numeric)
            return numeric.DayIn(order) is { } date ? TryRead($"{date:yyyy-MM-dd}{text[length..]}") : null;

        string[] formats = HasMonthName(text) ? NamedFormats : NumericFormats;
        return DateTime.TryParseExact(text, formats, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal | DateTimeStyles.AllowInnerWhite, out var time)
            ? DateTime.SpecifyKind(time, DateTimeKind.Unspecified)
            : null;
    }

    /// <summary>
    /// The orders in which a text is a date, each of which makes another day of it: one is proof, several are open. None for a text to which
    /// the order makes no difference, or that is no numeric date.
    /// </summary>
    public static DateOrder OrdersOf(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        return NumericDay.TryScan(text, out int length) is { } day && (length == text.Length || TryRead($"2000-01-01{text[length..]}") is not null)
            ? day.Evidence()
            : DateOrder.None;
    }

    /// <summary>The day that ten bytes are as <c>yyyy-MM-dd</c>; null for anything else.</summary>
    public static DateTime? TryReadDay(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[DayLength];
        return text.Length == DayLength && Ascii.ToUtf16(text, characters, out _) == OperationStatus.Done ? TryReadDay(characters) : null;
    }

    /// <summary>A day as <c>yyyy-MM-dd</c>, by far the commonest in tables; null for anything else.</summary>
    private static DateTime? TryReadDay(ReadOnlySpan<char> text)
    {
        if (text.Length != DayLength || text[4] != '-' || text[7] != '-')
            return null;

        int year = Digits(text[..4]), month = Digits(text[5..7]), day = Digits(text[8..]);
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month) ? new DateTime(year, month, day) : null;
    }

    /// <summary>The number that ASCII digits are; -1 where there is anything else.</summary>
    private static int Digits(ReadOnlySpan<char> text)
    {
        int number = 0;
        foreach (char c in text)
        {
            if (!char.IsAsciiDigit(c))
                return -1;
            number = (10 * number) + c - '0';
        }

        return number;
    }

    private static bool HasMonthName(ReadOnlySpan<char> text)
    {
        int letters = 0;
        foreach (char c in text)
        {
            letters = char.IsAsciiLetter(c) ? letters + 1 : 0;
            if (letters == 3)
                return true;
        }

        return false;
    }
}
