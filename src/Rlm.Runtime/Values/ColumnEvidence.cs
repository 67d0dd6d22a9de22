using System.Buffers;
using System.Text.Unicode;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Values;

/// <summary>
/// What all the texts of a column tell together of how they read. The order in which they are added makes no
/// difference but for dates without a year.
/// </summary>
internal sealed class ColumnEvidence
{
    // A double tells so many digits apart.
    private const int MostJsonDigits = 15;

    private bool _provesPoint;
    private bool _provesComma;
    private bool _hasBareNumbers;
    private bool _hasSeveralUnits;
    private bool _isJson = true;
    private bool _isCanonical = true;
    private bool _isOfOneScale = true;
    private int _scale = -1;

    /// <summary>The decimal mark that the numbers prove; null where none does, unsettled where they contradict each other.</summary>
    public DecimalMark? DecimalMark => _provesPoint && _provesComma ? Values.DecimalMark.Unsettled
        : _provesComma ? Values.DecimalMark.Comma
        : _provesPoint ? Values.DecimalMark.Point
        : null;

    /// <summary>The orders in which all the numeric dates are dates; none where they contradict each other.</summary>
    public DateOrder DateOrders { get; private set; } = DateOrder.MonthFirst | DateOrder.DayFirst | DateOrder.YearFirst;

    /// <summary>The currency or percent sign that all numbers carry; <c>'\0'</c> where some carry none or another.</summary>
    public char Unit => _hasBareNumbers || _hasSeveralUnits ? '\0' : FirstUnit;

    /// <summary>Whether every text is a number as JSON writes it, and no two texts are one number.</summary>
    public bool IsJsonNumbers => _isJson && _scale >= 0 && (_isCanonical || _isOfOneScale);

    /// <summary>The dates without a year, in the order of the rows.</summary>
    public YearlessDates Yearless { get; } = new();

    private char FirstUnit { get; set; }

    public void Add(ReadOnlySpan<byte> text)
    {
        if (text.Length is 0 || text.Trim(" \t\r\n"u8).IsEmpty)
            return;

        AddJson(text);
        if (text.Length > NumberText.LongestBytes)
            return;

        if (NumberText.TryReadPlain(text, out bool isOpen) is not null)
        {
            _hasBareNumbers = true;
            _provesPoint |= !isOpen && text.Contains((byte)'.');
            return;
        }

        Span<char> decoded = stackalloc char[text.Length];
        if (Utf8.ToUtf16(text, decoded, out _, out int length) != OperationStatus.Done)
            return;

        decoded = decoded[..length];
        var number = NumberText.Read(decoded);
        if (number.IsNumber)
            AddNumber(number);
        else if (DateText.OrdersOf(decoded) is not DateOrder.None and var orders)
            DateOrders &= orders;
        else if (DateText.TryReadYearless(decoded) is { } yearless)
            Yearless.Add(yearless);
    }

    /// <summary>Adds a number whose point is known to be decimal, which tells nothing of how texts write theirs.</summary>
    public void AddKnown(ReadOnlySpan<byte> number)
    {
        AddJson(number);
        _hasBareNumbers = true;
    }

    private void AddNumber(NumberText number)
    {
        _provesPoint |= number.Proof == Values.DecimalMark.Point;
        _provesComma |= number.Proof == Values.DecimalMark.Comma;
        if (number.Unit == '\0')
            _hasBareNumbers = true;
        else if (FirstUnit == '\0')
            FirstUnit = number.Unit;
        else
            _hasSeveralUnits |= FirstUnit != number.Unit;
    }

    /// <summary>
    /// Whether a text is a number of JSON without an exponent and of at most 15 digits, which every reader of JSON keeps.
    /// </summary>
    public static bool IsJsonNumber(ReadOnlySpan<byte> text, out ReadOnlySpan<byte> decimals)
    {
        var digits = text is [(byte)'-', ..] ? text[1..] : text;
        int point = digits.IndexOf((byte)'.');
        var whole = point < 0 ? digits : digits[..point];
        decimals = point < 0 ? default : digits[(point + 1)..];
        return whole.Length > 0 && (whole.Length == 1 || whole[0] != '0') && (point < 0 || decimals.Length > 0)
            && whole.Length + decimals.Length <= MostJsonDigits
            && !whole.ContainsAnyExceptInRange((byte)'0', (byte)'9') && !decimals.ContainsAnyExceptInRange((byte)'0', (byte)'9');
    }

    private void AddJson(ReadOnlySpan<byte> text)
    {
        if (!_isJson || !(_isJson = IsJsonNumber(text, out var decimals)))
            return;

        _isCanonical &= decimals.IsEmpty || decimals[^1] != '0';
        _isOfOneScale &= _scale < 0 || _scale == decimals.Length;
        _scale = decimals.Length;
    }
}
