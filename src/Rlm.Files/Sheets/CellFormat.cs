using System.Text;

namespace Rlm.Files.Sheets;

/// <summary>A format of numbers, as far as it tells what the number means.</summary>
/// <param name="Kind">What it means.</param>
/// <param name="Pattern">How a code is written: <c>0</c> stands for a digit.</param>
internal sealed record CellFormat(CellFormatKind Kind, string Pattern = "")
{
    public static readonly CellFormat Number = new(CellFormatKind.Number);

    /// <summary>A format that a file does not write out (ECMA-376, 18.8.30).</summary>
    public static CellFormat OfId(int id) => id switch
    {
        22 => new(CellFormatKind.DateTime),
        46 => new(CellFormatKind.Duration),
        (>= 18 and <= 21) or 32 or 33 or 34 or 35 or 45 or 47 or 55 or 56 => new(CellFormatKind.Time),
        (>= 14 and <= 17) or (>= 27 and <= 31) or 36 or (>= 50 and <= 54) or 57 or 58 => new(CellFormatKind.Date),
        _ => Number,
    };

    /// <summary>A format that is written out, such as <c>yyyy-mm-dd</c>; its first section without a condition counts.</summary>
    public static CellFormat Of(string code)
    {
        code = FindSection(code);
        bool isNumeric = false;
        bool hasDay = false, hasTime = false, hasMonthOrMinute = false, isPlain = true;
        var pattern = new StringBuilder();
        for (int i = 0; i < code.Length; i++)
        {
            char sign = code[i];
            switch (sign)
            {
                case '"':
                    int end = code.IndexOf('"', i + 1);
                    end = end < 0 ? code.Length : end;
                    pattern.Append(code, i + 1, end - i - 1);
                    i = end;
                    break;
                case '\\':
                    i++;
                    if (i < code.Length)
                        pattern.Append(code[i]);
                    break;
                case '_' or '*':
                    i++;
                    break;
                case '[':
                    int close = code.IndexOf(']', i);
                    string part = close < 0 ? "" : code[(i + 1)..close].ToLowerInvariant();
                    if (part.Length > 0 && part.All(c => c == part[0]) && part[0] is 'h' or 'm' or 's')
                        return new CellFormat(CellFormatKind.Duration);
                    // A condition chooses among ways to write.
                    isPlain &= part is not ['<' or '>' or '=', ..];
                    i = close < 0 ? code.Length : close;
                    break;
                case 'G' or 'g' when code.AsSpan(i).StartsWith("general", StringComparison.OrdinalIgnoreCase):
                    return Number;
                case 'A' or 'a' when code.AsSpan(i).StartsWith("AM/PM", StringComparison.OrdinalIgnoreCase):
                    hasTime = true;
                    i += 4;
                    break;
                case 'E' or 'e' when i + 1 < code.Length && code[i + 1] is '+' or '-':
                    return Number;
                case 'y' or 'Y' or 'd' or 'D' or 'e' or 'b' or 'B':
                    hasDay = true;
                    break;
                case 'h' or 'H' or 's' or 'S':
                    hasTime = true;
                    break;
                case 'm' or 'M':
                    hasMonthOrMinute = true;
                    break;
                case '0':
                    // Parts of a second stand behind a point.
                    isNumeric |= !hasTime || i == 0 || code[i - 1] is not ('.' or ',' or '0');
                    pattern.Append('\0');
                    break;
                case '#' or '?':
                    isPlain = false;
                    isNumeric = true;
                    break;
                case '.' or ',' or '%' or '@' or '/':
                    isPlain = false;
                    break;
                default:
                    pattern.Append(sign);
                    break;
            }
        }

        // Letters beside the places of digits are a unit, such as USD.
        if (isNumeric && (hasDay || hasTime || hasMonthOrMinute))
            return Number;
        if (hasDay || hasTime || hasMonthOrMinute)
            return new CellFormat(hasDay && hasTime ? CellFormatKind.DateTime : hasTime ? CellFormatKind.Time : CellFormatKind.Date);
        return isPlain && IsCode(pattern.ToString()) ? new CellFormat(CellFormatKind.Code, pattern.ToString()) : Number;
    }

    /// <summary>
    /// Whether places for digits make a code, such as <c>00000</c>. One place and groups of three are a number in thousands, and letters behind the
    /// places are a unit.
    /// </summary>
    private static bool IsCode(string pattern)
    {
        string[] groups = pattern.Split([' ', '\u00A0', '\u202F', '\'', '\u2019'], StringSplitOptions.RemoveEmptyEntries);
        bool isInThousands = groups.Length > 1 && groups[0] == "\0" && groups.Skip(1).All(group => group == "\0\0\0");
        return pattern.Count(sign => sign == '\0') > 1 && !isInThousands
            && !pattern[(pattern.LastIndexOf('\0') + 1)..].Any(sign => char.IsLetter(sign) || char.IsSymbol(sign));
    }

    private static string FindSection(string code)
    {
        int start = 0;
        bool hasCondition = false;
        for (int i = 0; i < code.Length; i++)
        {
            switch (code[i])
            {
                case '"' or '[':
                    int end = code.IndexOf(code[i] == '"' ? '"' : ']', i + 1);
                    hasCondition |= code[i] == '[' && i + 1 < code.Length && code[i + 1] is ('<' or '>' or '=');
                    i = end < 0 ? code.Length : end;
                    break;
                case '\\' or '_' or '*':
                    i++;
                    break;
                case ';' when !hasCondition:
                    return code[start..i];
                case ';':
                    (start, hasCondition) = (i + 1, false);
                    break;
            }
        }

        return code[start..];
    }
}
