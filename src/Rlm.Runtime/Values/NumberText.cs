using System.Globalization;
using System.Text;

namespace Rlm.Runtime.Values;

/// <summary>
/// Numbers as people and programs write them: a sign, digits, thousands in groups of three behind commas or any <c>_</c> between
/// digits, a decimal point, an exponent, blanks around. No currency and no percent sign, which change what the number means.
/// </summary>
internal static class NumberText
{
    // So many digits always fit a long.
    private const int MostPlainDigits = 18;

    /// <summary>The number that UTF-8 bytes are: plain digits, with a point or not, are read as they stand, all others as characters.</summary>
    public static decimal? TryRead(ReadOnlySpan<byte> text)
    {
        if (TryReadPlain(text) is { } number)
            return number;

        Span<char> characters = stackalloc char[text.Length];
        return TryRead(characters[..Encoding.UTF8.GetChars(text, characters)]);
    }

    public static decimal? TryRead(ReadOnlySpan<char> text)
    {
        text = text.Trim();
        if (text.IsEmpty || !(char.IsAsciiDigit(text[^1]) || text[^1] == '.'))
            return null;

        if (text.ContainsAny(',', '_'))
        {
            Span<char> plain = stackalloc char[text.Length];
            int length = RemoveSeparators(text, plain);
            return length < 0 ? null : Parse(plain[..length]);
        }

        return Parse(text);
    }

    /// <summary>Digits with at most one point among them; null for anything else.</summary>
    private static decimal? TryReadPlain(ReadOnlySpan<byte> text)
    {
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

        return point < 0 ? digits : new decimal((int)digits, (int)(digits >> 32), 0, false, (byte)(text.Length - point - 1));
    }

    private static decimal? Parse(ReadOnlySpan<char> text) =>
        decimal.TryParse(text, NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowExponent, CultureInfo.InvariantCulture, out decimal number)
            ? number
            : null;

    /// <summary>Copies the text without its separators; -1 where one stands out of place, as in <c>1,25</c>.</summary>
    private static int RemoveSeparators(ReadOnlySpan<char> text, Span<char> plain)
    {
        int length = 0;
        int digits = 0;
        bool inWhole = true;
        bool hasComma = false;
        for (int i = 0; i < text.Length; i++)
        {
            char c = text[i];
            if (c == ',')
            {
                if (!inWhole || digits == 0 || digits > 3 || (hasComma && digits != 3))
                    return -1;
                hasComma = true;
                digits = 0;
            }
            else if (c == '_')
            {
                if (digits == 0 || i + 1 == text.Length || !char.IsAsciiDigit(text[i + 1]))
                    return -1;
            }
            else
            {
                if (char.IsAsciiDigit(c))
                {
                    digits++;
                }
                else if (inWhole && length > 0)
                {
                    if (hasComma && digits != 3)
                        return -1;
                    inWhole = false;
                }

                plain[length++] = c;
            }
        }

        return inWhole && hasComma && digits != 3 ? -1 : length;
    }
}
