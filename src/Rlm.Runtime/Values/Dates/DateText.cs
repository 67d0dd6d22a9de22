using System.Buffers;
using System.Text;

namespace Rlm.Runtime.Values.Dates;

/// <summary>
/// Dates and times as texts write them: ISO 8601, month names, RFC 1123, and what logs hold. <c>03/05/2026</c> is the fifth of March where
/// no order is known and both are possible. A time keeps its clock and its offset.
/// </summary>
internal static class DateText
{
    private const int DayLength = 10;
    private const int ShortestLength = 4;
    private const int LongestLength = 64;

    /// <summary>What a clock shows may be ahead of UTC by this much.</summary>
    public static readonly TimeSpan FurthestZone = TimeSpan.FromHours(14);

    /// <summary>The date that a text is.</summary>
    /// <param name="text">The text.</param>
    /// <param name="order">The order of the parts of numeric dates, one; none where it is not known.</param>
    /// <param name="latest">When a text without a year was written at the latest, which makes its year the last that fits; null where
    /// nobody knows, so that it is not read.</param>
    public static PointInTime? TryRead(ReadOnlySpan<char> text, DateOrder order = DateOrder.None, DateTime? latest = null)
    {
        text = Trim(text);
        if (text.IsEmpty)
            return null;

        if (TryReadDay(text) is { } day)
            return PointInTime.OfDay(day);

        var scan = new DateScan(text, order);
        if (!scan.TryRead(out var read))
            return null;

        return !read.Guess.HasFlag(DateGuess.Year) ? read : latest is { } end ? InLastYear(read, end + FurthestZone) : null;
    }

    /// <summary>A date without a year, in the year that stands for none; null for any other text.</summary>
    public static PointInTime? TryReadYearless(ReadOnlySpan<char> text) =>
        Trim(text) is { IsEmpty: false } trimmed && new DateScan(trimmed, DateOrder.None).TryRead(out var read)
            && read.Guess.HasFlag(DateGuess.Year) ? read : null;

    /// <summary>
    /// The orders in which a text is a date, each of which makes another day of it: one is proof, several are open. None for a text to
    /// which the order makes no difference, or that is not a numeric date.
    /// </summary>
    public static DateOrder OrdersOf(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (NumericDay.TryScan(text, out int length) is not { } day)
            return DateOrder.None;

        var orders = day.Evidence();
        return length == text.Length || (orders != DateOrder.None && TryRead(text, (DateOrder)((int)orders & -(int)orders)) is not null)
            ? orders
            : DateOrder.None;
    }

    /// <summary>The day that ten bytes are as <c>yyyy-MM-dd</c>; null for anything else.</summary>
    public static DateTime? TryReadDay(ReadOnlySpan<byte> text)
    {
        Span<char> characters = stackalloc char[DayLength];
        return text.Length == DayLength && Ascii.ToUtf16(text, characters, out _) == OperationStatus.Done ? TryReadDay(characters) : null;
    }

    /// <summary>A time in a year that stands for none, in the last year that lets it be no later than the end.</summary>
    public static PointInTime? InLastYear(PointInTime read, DateTime end)
    {
        // The 29th of February may be eight years back.
        for (int year = end.Year; year >= Math.Max(1, end.Year - 8); year--)
        {
            if (read.Clock.Day > DateTime.DaysInMonth(year, read.Clock.Month))
                continue;

            var clock = new DateTime(year, read.Clock.Month, read.Clock.Day) + read.Clock.TimeOfDay;
            if (clock <= end)
                return read with { Clock = clock };
        }

        return null;
    }

    /// <summary>
    /// The text without blanks and brackets around it; empty where it is too short, too long or without a digit, and so no date.
    /// </summary>
    private static ReadOnlySpan<char> Trim(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length > 2 && text[0] == '[' && text[^1] == ']')
            text = text[1..^1].Trim();
        return text.Length is < ShortestLength or > LongestLength || !text.ContainsAnyInRange('0', '9') ? default : text;
    }

    /// <summary>A day as <c>yyyy-MM-dd</c>, by far the commonest in tables; null for anything else.</summary>
    private static DateTime? TryReadDay(ReadOnlySpan<char> text)
    {
        if (text.Length != DayLength || text[4] != '-' || text[7] != '-')
            return null;

        int year = Digits(text[..4]), month = Digits(text[5..7]), day = Digits(text[8..]);
        return year >= 1 && month is >= 1 and <= 12 && day >= 1 && day <= DateTime.DaysInMonth(year, month)
            ? new DateTime(year, month, day)
            : null;
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
}
