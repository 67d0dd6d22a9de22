using System.Buffers;
using System.Text;
using System.Text.Unicode;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values;

/// <summary>
/// How the texts of one column read as numbers and dates. What a text does not tell by itself (<c>1,500</c>, <c>03/04/2025</c>, <c>€ 5</c>)
/// is decided by the whole column, once, when it is first asked for: the order of its rows makes no difference.
/// </summary>
/// <param name="name">The column.</param>
/// <param name="gather">Reads the whole column, null where it cannot be read again; null for texts of no column.</param>
internal sealed class ColumnReading(string name, Func<ColumnEvidence?>? gather)
{
    private const string Names = "janfebmaraprmayjunjulaugsepoctnovdecmontuewedthufrisatsun";
    private const int LongestWhole = 8;

    // A scan that is cancelled is not an answer to keep.
    private readonly Lazy<ColumnEvidence?> _evidence = new(() => gather?.Invoke(), LazyThreadSafetyMode.PublicationOnly);

    // The column that this is of, where points are known to be decimal.
    private readonly ColumnReading? _whole;
    private string? _guess;

    private ColumnReading(ColumnReading whole)
        : this(whole.Name, () => whole._evidence.Value)
    {
        _whole = whole;
        MayHoldCommas = new Lazy<bool>(false);
        Latest = whole.Latest;
        LooksNumeric = whole.LooksNumeric;
    }

    /// <summary>The reading of texts that are of no column: thousands behind commas, the order of a date that is open by custom.</summary>
    public static ColumnReading None { get; } = new("", null);

    public string Name => name;

    /// <summary>Whether a <c>,</c> that nothing decides about is not read, as beside <c>;</c>.</summary>
    public bool IsCommaOpen { get; init; }

    /// <summary>
    /// Whether the column may hold a decimal comma at all, which is told for less than reading it; null for texts of no column.
    /// </summary>
    public Lazy<bool>? MayHoldCommas { get; init; }

    /// <summary>Whether its first rows are all numbers.</summary>
    public bool LooksNumeric { get; init; }

    /// <summary>Whether all its texts are numbers that JSON writes alike.</summary>
    public bool IsJsonNumbers => LooksNumeric && _evidence.Value is { IsJsonNumbers: true };

    /// <summary>
    /// Whether a point is known to be decimal: no number has a comma, which is told without reading the whole
    /// column, or the column shows it.
    /// </summary>
    private bool IsPointKnown => gather is null || (!IsCommaOpen && MayHoldCommas is { Value: false }) || _evidence.Value?.DecimalMark == DecimalMark.Point;

    /// <summary>When a text without a year was written at the latest; null where nobody knows.</summary>
    public Func<DateTime?>? Latest { get; init; }

    /// <summary>What was taken for granted because nothing in the column tells; null for nothing so far.</summary>
    public string? Guess
    {
        get => _whole is null ? _guess : _whole.Guess;
        private set => _guess = value;
    }

    /// <summary>The reading of those cells of the column whose points are known to be decimal, as a number of a spreadsheet has them.</summary>
    public ColumnReading WithKnownPoints() => new(this);

    /// <summary>The number that a text is; null for none, and for one that may be several.</summary>
    public Number? ReadNumber(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > NumberText.LongestBytes)
            return null;

        if (NumberText.TryReadPlain(text, out bool isOpen) is { } number && (!isOpen || IsPointKnown))
            return number;
        if (!text.ContainsAnyInRange((byte)'0', (byte)'9'))
            return null;

        Span<char> decoded = stackalloc char[text.Length];
        return Utf8.ToUtf16(text, decoded, out _, out int length) == OperationStatus.Done ? ReadNumber(decoded[..length]) : null;
    }

    /// <summary>The number that a text is; null for none, and for one that may be several.</summary>
    public Number? ReadNumber(ReadOnlySpan<char> text)
    {
        var number = NumberText.Read(text);
        if (!number.IsNumber || (number.Unit != '\0' && !IsUnit(number.Unit)))
            return null;

        if (!number.IsOpen)
            return number.Known;

        bool hasComma = text.Contains(',');
        return Mark(hasComma) switch
        {
            DecimalMark.Point => number.WithPoint,
            DecimalMark.Comma => number.WithComma,
            _ => null,
        };
    }

    /// <summary>The point in time that a text is; null for none, and for one that may be several.</summary>
    public PointInTime? ReadDate(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 or > NumberText.LongestBytes)
            return null;

        if (DateText.TryReadDay(text) is { } day)
            return PointInTime.OfDay(day);
        if (!MayBeDate(text))
            return null;

        Span<char> decoded = stackalloc char[text.Length];
        return Utf8.ToUtf16(text, decoded, out _, out int length) == OperationStatus.Done ? ReadDate(decoded[..length]) : null;
    }

    /// <summary>The point in time that a text is; null for none, and for one that may be several.</summary>
    /// <param name="text">The text.</param>
    /// <param name="latest">When a text without a year was written at the latest; null for as late as the column may be.</param>
    public PointInTime? ReadDate(ReadOnlySpan<char> text, DateTime? latest = null)
    {
        latest ??= Latest?.Invoke();
        if (gather is null || DateText.OrdersOf(text) is not (not DateOrder.None and var orders))
            return InColumn(DateText.TryRead(text, DateOrder.None, latest), text, latest);

        if (int.IsPow2((int)orders))
            return DateText.TryRead(text, orders, latest);

        var settled = _evidence.Value?.DateOrders ?? orders;
        if (settled == DateOrder.None)
            return null;
        if (int.IsPow2((int)settled))
            return DateText.TryRead(text, settled, latest);

        var time = DateText.TryRead(text, DateOrder.None, latest);
        if (time is { Guess: var guess } && guess.HasFlag(DateGuess.Order))
            Guess ??=
                $"`{name}`: nothing tells in which order dates like `{text.Trim()}` have day, month and year; the {(orders.HasFlag(DateOrder.YearFirst) ? "year" : "month")} is taken as the first; write `date({name}, \"dd/MM/yyyy\")` for the day";
        return time;
    }

    /// <summary>A date whose year is a guess, in the year that the rows around it tell.</summary>
    private PointInTime? InColumn(PointInTime? date, ReadOnlySpan<char> text, DateTime? latest)
    {
        if (date is not { } read || !read.Guess.HasFlag(DateGuess.Year) || _evidence.Value?.Yearless is not { } rows)
            return date;
        if (!rows.IsOverAYear)
            return DateText.InLastYear(read, rows.LatestOf(latest!.Value + DateText.FurthestZone));

        Guess ??= $"`{name}`: dates like `{text.Trim()}` have no year, and the rows go through more than one, so that they are not read";
        return null;
    }

    /// <summary>
    /// Whether a text begins as dates do: with a digit and a sign soon behind it, all digits, or the name of a month or weekday.
    /// </summary>
    private static bool MayBeDate(ReadOnlySpan<byte> text)
    {
        text = text.TrimStart(" \t"u8);
        if (text.IsEmpty || !char.IsAsciiLetterOrDigit((char)text[0]))
            return !text.IsEmpty && text[0] is (byte)'[' or (byte)'(';
        if (char.IsAsciiDigit((char)text[0]))
            return text[..Math.Min(text.Length, LongestWhole + 1)].ContainsAnyExceptInRange((byte)'0', (byte)'9')
                || text.Length <= LongestWhole;

        for (int at = 0; text.Length >= 3 && at < Names.Length; at += 3)
        {
            if (Ascii.EqualsIgnoreCase(text[..3], Names.AsSpan(at, 3)))
                return true;
        }

        return false;
    }

    private DecimalMark Mark(bool hasComma)
    {
        if (_whole is not null)
            return DecimalMark.Point;
        if (_evidence.Value?.DecimalMark is { } proved)
            return proved;

        if (_evidence.Value is null && hasComma && gather is not null)
            Guess ??= $"`{name}`: commas as in `1,500` are taken for thousands, as the whole column was not at hand to tell";
        if (IsCommaOpen && hasComma)
            return DecimalMark.Unsettled;
        if (IsCommaOpen)
            Guess ??= $"`{name}`: nothing tells whether points are decimal; they are taken so";
        return DecimalMark.Point;
    }

    /// <summary>Whether all numbers of the column carry the sign.</summary>
    private bool IsUnit(char unit)
    {
        if (_evidence.Value?.Unit != unit)
            return false;

        Guess ??= $"`{name}`: numbers are read without the `{unit}` that they all carry";
        return true;
    }
}
