using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>
/// The start of a key as a number: two bits for where it stands whatever the direction, 61 that order as the key does, and one that says
/// that there is more.
/// </summary>
internal static class SortPrefix
{
    private const int OrderBits = 61;
    private const int KindBits = 4;
    private const int TextBytes = 7;
    private const ulong Mask = (1UL << OrderBits) - 1;
    private const ulong More = 1;

    private const ulong Other = 1;
    private const ulong Missing = 2;
    private const ulong Apart = 3;

    // Numbers below it are told by their first six decimals, others by their first bits.
    private const decimal Decimals = 1_000_000;
    private const decimal FirstLong = 576_460_752_303.423488m;
    private const long LongOrder = 1L << 59;
    private const int MantissaBits = 52;

    // Bytes from it on, which are more than two of a character, are not in one order for slices and for strings.
    private const byte FirstUnordered = 0xED;

    /// <summary>Of an item that stands apart, behind all others.</summary>
    public static ulong OfApart => Apart << (OrderBits + 1);

    /// <summary>Of a key.</summary>
    /// <param name="cell">The key.</param>
    /// <param name="reading">What keys are ordered as.</param>
    /// <param name="isDescending">Whether the greatest comes first.</param>
    public static ulong Of(in Cell cell, KeyReading reading, bool isDescending)
    {
        if (reading == KeyReading.Plain)
        {
            return cell.IsNone
                ? Join(Missing, cell.ToValue() is FailedValue ? 1UL : 0, more: false)
                : Turn(0, PlainOf(cell, out bool more), more, isDescending);
        }

        var key = new KeyCell(cell);
        if (reading == KeyReading.Number && key.Number is { } number)
            return Turn(0, NumberOf(number, out bool more), more, isDescending);
        if (reading == KeyReading.Date && key.Time is { } time)
            return Turn(0, TimeOf(time, out bool more), more, isDescending);
        return key.IsMissing ? Join(Missing, 0, more: false) : Turn(Other, PlainOf(cell, out bool rest), rest, isDescending);
    }

    /// <summary>Of what follows the start of an only key.</summary>
    /// <param name="start">The start.</param>
    /// <param name="cell">The key.</param>
    /// <param name="reading">What keys are ordered as.</param>
    /// <param name="isDescending">Whether the greatest comes first.</param>
    public static ulong OfRest(ulong start, in Cell cell, KeyReading reading, bool isDescending)
    {
        if (!HasMore(start))
            return Turn(0, 0, more: false, isDescending);

        return reading == KeyReading.Plain && TryStart(cell, out var text) && text.Length > TextBytes && IsOrdered(text[..TextBytes])
            ? Turn(0, TextOf(text[TextBytes..], out bool more), more, isDescending)
            : More;
    }

    /// <summary>Whether there is more of a key than its number says.</summary>
    public static bool HasMore(ulong prefix) => (prefix & More) != 0;

    /// <summary>Whether all bytes count in the start of a text.</summary>
    private static bool IsOrdered(ReadOnlySpan<byte> text) => !text.Contains((byte)0) && !text.ContainsAnyInRange(FirstUnordered, byte.MaxValue);

    private static ulong Turn(ulong place, ulong order, bool more, bool isDescending) =>
        Join(place, isDescending ? ~order & Mask : order, more);

    private static ulong Join(ulong place, ulong order, bool more) => (place << (OrderBits + 1)) | (order << 1) | (more ? More : 0);

    private static ulong PlainOf(in Cell cell, out bool hasMore)
    {
        if (TryStart(cell, out var text))
            return OfKind(ValueKind.Text, TextOf(text, out hasMore));

        hasMore = true;
        var value = cell.ToValue();
        return OfKind(ValueKinds.Of(value), value switch
        {
            NumberValue number => NumberOf(number.Number, out _) >> KindBits,
            DateValue date => TimeOf(date.Point, out _) >> KindBits,
            _ => 0,
        });
    }

    /// <summary>The first bytes of a text, one more than both numbers of an only key have; false for anything else.</summary>
    private static bool TryStart(in Cell cell, out ReadOnlySpan<byte> start)
    {
        const int Most = (2 * TextBytes) + 1;
        var text = cell.Kind == CellKind.Value ? cell.ToValue() as TextValue : null;
        start = cell.Text;
        if (text?.GetKnownBytes() is { } known)
            start = known;
        else if (text?.Slice is { } slice)
            start = slice.Source.GetSpan(slice.Start, (int)Math.Min(slice.Length, Most));
        start = start[..Math.Min(start.Length, Most)];
        return cell.Kind == CellKind.Text || text is not null;
    }

    private static ulong OfKind(ValueKind kind, ulong order) => ((ulong)kind << (OrderBits - KindBits)) | order;

    /// <summary>The first bytes of a text, up to one that is not ordered by its byte alone.</summary>
    private static ulong TextOf(ReadOnlySpan<byte> text, out bool hasMore)
    {
        ulong order = 0;
        hasMore = text.Length > TextBytes;
        for (int i = 0; i < TextBytes; i++)
        {
            byte next = i < text.Length ? text[i] : (byte)0;
            order = (order << 8) | Math.Min(next, FirstUnordered);
            if (next >= FirstUnordered || (next == 0 && i < text.Length))
            {
                hasMore = true;
                return order << (8 * (TextBytes - 1 - i));
            }
        }

        return order;
    }

    private static ulong TimeOf(PointInTime time, out bool hasMore)
    {
        ulong ticks = (ulong)time.Instant.Ticks;
        hasMore = (ticks & 1) != 0;
        return ticks >> 1;
    }

    private static ulong NumberOf(Number number, out bool hasMore)
    {
        decimal exact = number.InDecimal;
        decimal size = Math.Abs(exact);
        long order;
        bool isCut;
        if (size < FirstLong)
        {
            decimal shifted = size * Decimals;
            order = (long)shifted;
            isCut = order != shifted;
        }
        else
        {
            decimal whole = decimal.Truncate(size);
            order = LongOrder + FirstBitsOf((UInt128)whole, out bool isLong);
            isCut = isLong || whole != size;
        }

        // Below zero, what is cut off makes a number less.
        if (exact < 0)
            order = isCut ? -order - 1 : -order;
        hasMore = isCut || !number.IsExact;
        return (ulong)(order + (1L << (OrderBits - 1)));
    }

    /// <summary>The length of a whole number in bits, and those that follow its first one.</summary>
    private static long FirstBitsOf(UInt128 whole, out bool isCut)
    {
        int length = 128 - (int)UInt128.LeadingZeroCount(whole);
        int dropped = Math.Max(0, length - 1 - MantissaBits);
        var first = (whole >> dropped) << Math.Max(0, MantissaBits - (length - 1));
        isCut = whole >> dropped << dropped != whole;
        return ((long)length << MantissaBits) | (long)(ulong)(first & ((UInt128.One << MantissaBits) - 1));
    }
}
