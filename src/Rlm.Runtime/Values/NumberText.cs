using System.Globalization;

namespace Rlm.Runtime.Values;

/// <summary>
/// A number as people and programs write it: a sign or parentheses, digits, thousands in groups of three, any <c>_</c> between digits,
/// decimals behind a point or a comma, an exponent, blanks around, a currency or percent sign. What a comma and a point mean may be open.
/// </summary>
/// <param name="WithPoint">The number if decimals stand behind a point; null where it is none so.</param>
/// <param name="WithComma">The number if decimals stand behind a comma; null where it is none so.</param>
/// <param name="Unit">The currency or percent sign; <c>'\0'</c> for none.</param>
internal readonly record struct NumberText(Number? WithPoint, Number? WithComma, char Unit)
{
    // So many digits always fit a long.
    private const int MostPlainDigits = 18;

    /// <summary>The longest text that is read as a number or date; a whole document is not decoded to find that out.</summary>
    public const int LongestBytes = 64;

    /// <summary>The only decimal mark with which it is a number; null where it is one with both, or with none.</summary>
    public DecimalMark? Proof => WithPoint is null == WithComma is null ? null : WithPoint is null ? DecimalMark.Comma : DecimalMark.Point;

    /// <summary>Whether the decimal mark makes another number of it.</summary>
    public bool IsOpen => WithPoint is { } one && WithComma is { } other && one != other;

    public bool IsNumber => WithPoint is not null || WithComma is not null;

    /// <summary>The number where it does not need to be known what the mark is; null for none.</summary>
    public Number? Known => WithPoint ?? WithComma;

    /// <summary>Reads a text in every way that it can be read.</summary>
    public static NumberText Read(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.Length > LongestBytes)
            return default;

        bool isNegative = text is ['(', .., ')'];
        if (isNegative)
            text = text[1..^1].Trim();

        char unit = '\0';
        bool hasSign = TakeSign(ref text, ref isNegative, isNegative);
        if (!text.IsEmpty && IsCurrency(text[0]))
        {
            unit = text[0];
            text = text[1..].TrimStart();
            if (!hasSign)
                TakeSign(ref text, ref isNegative, isNegative);
        }
        else if (!text.IsEmpty && (text[^1] == '%' || IsCurrency(text[^1])))
        {
            unit = text[^1];
            text = text[..^1].TrimEnd();
        }

        if (text.IsEmpty || !(char.IsAsciiDigit(text[0]) || text[0] is '.' or ',') || !(char.IsAsciiDigit(text[^1]) || text[^1] == '.'))
            return default;

        var withPoint = Parse(text, ',', '.');
        // Without either mark both are the same.
        var withComma = text.ContainsAny(',', '.') ? Parse(text, '.', ',') : withPoint;
        return isNegative ? new NumberText(Negate(withPoint), Negate(withComma), unit) : new NumberText(withPoint, withComma, unit);
    }

    /// <summary>The number that digits with at most one point among them are; null for anything else.</summary>
    /// <param name="text">UTF-8.</param>
    /// <param name="isOpen">Whether the point may stand before thousands as well.</param>
    public static decimal? TryReadPlain(ReadOnlySpan<byte> text, out bool isOpen)
    {
        isOpen = false;
        if (text.Length is 0 or > MostPlainDigits || !char.IsAsciiDigit((char)text[0]))
            return null;

        long digits = 0;
        int point = -1;
        for (int i = 0; i < text.Length; i++)
        {
            int digit = text[i] - '0';
            if ((uint)digit <= 9)
                digits = (10 * digits) + digit;
            else if (text[i] == '.' && point < 0)
                point = i;
            else
                return null;
        }

        if (point < 0)
            return digits;

        isOpen = point is >= 1 and <= 3 && text.Length - point - 1 == 3 && text[0] != '0';
        return new decimal((int)digits, (int)(digits >> 32), 0, false, (byte)(text.Length - point - 1));
    }

    private static Number? Negate(Number? number) => number is { } known ? -known : null;

    private static bool TakeSign(ref ReadOnlySpan<char> text, ref bool isNegative, bool isTaken)
    {
        if (isTaken || text.IsEmpty || text[0] is not ('+' or '-' or '−'))
            return false;

        isNegative = text[0] != '+';
        text = text[1..];
        return true;
    }

    private static bool IsCurrency(char c) => c == '$' || (c > '\x7f' && char.GetUnicodeCategory(c) == UnicodeCategory.CurrencySymbol);

    /// <summary>The number with one sign between thousands and another before decimals; null where one stands out of place.</summary>
    private static Number? Parse(ReadOnlySpan<char> text, char thousands, char mark)
    {
        Span<char> plain = stackalloc char[text.Length];
        int length = 0;
        int digits = 0;
        bool inWhole = true;
        bool isGrouped = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == thousands)
            {
                // A first group of 0 is not thousands, nor is anything behind the mark.
                if (!inWhole || digits is 0 or > 3 || (isGrouped ? digits != 3 : plain[0] == '0'))
                    return null;
                isGrouped = true;
                digits = 0;
            }
            else if (c == '_')
            {
                if (digits == 0 || i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]))
                    return null;
            }
            else if (char.IsAsciiDigit(c))
            {
                digits++;
                plain[length++] = c;
            }
            else if (c == mark || c is 'e' or 'E' || (c is '+' or '-' && i > 0 && text[i - 1] is 'e' or 'E'))
            {
                if (isGrouped && (inWhole && digits != 3 || c != mark))
                    return null;
                inWhole = false;
                plain[length++] = c == mark ? '.' : c;
            }
            else
            {
                return null;
            }
        }

        return inWhole && isGrouped && digits != 3 ? null : Number.Parse(plain[..length]);
    }
}
