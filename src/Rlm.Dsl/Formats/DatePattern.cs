using System.Text;

namespace Rlm.Dsl.Formats;

/// <summary>
/// How a date, a time or a duration is written: the letters of .NET, and the words of SQL and of Java and JavaScript libraries, or, in a
/// pattern that holds a <c>%</c>, those of strftime. Every letter means something or is refused, so that none is printed by accident.
/// </summary>
internal sealed class DatePattern
{
    private const string Help =
        "letters are those of .NET (`yyyy MMMM MM MMM dd ddd dddd HH hh mm ss fff tt zzz`) or, with `%`, of strftime (`%Y %B %m %b %d %a %A %H %I %M %S %f %p %z`); text of its own stands in `'…'`";

    private DatePattern(string text, IReadOnlyList<DatePart> parts) => (Text, Parts) = (text, parts);

    /// <summary>The pattern as it was written.</summary>
    public string Text { get; }

    public IReadOnlyList<DatePart> Parts { get; }

    /// <summary>Whether it has a part of a day, as opposed to a time of day.</summary>
    public bool HasDay => Parts.Any(part => part.Field is > DateField.Literal and < DateField.Hour);

    /// <summary>Whether it has a time of day.</summary>
    public bool HasTime =>
        Parts.Any(part => part.Field is >= DateField.Hour and <= DateField.HalfDay or DateField.Epoch or DateField.EpochMilliseconds);

    /// <summary>Whether it counts from 1970, so that what is written so is a number and not what people read as a date.</summary>
    public bool IsEpoch => Parts.Any(part => part.Field is DateField.Epoch or DateField.EpochMilliseconds);

    /// <summary>Whether a duration can be written so: days, hours, minutes and seconds.</summary>
    public bool FitsDuration => Parts.All(part => part.Field is DateField.Literal or DateField.Day or DateField.Hour or DateField.Hour12
        or DateField.Minute
        or DateField.Second or DateField.Fraction or DateField.Epoch or DateField.EpochMilliseconds);

    /// <summary>What keeps a date from being read so; null where nothing does.</summary>
    public PatternFault? ReadingFault => Parts.FirstOrDefault(
        part => part.Field is DateField.Quarter or DateField.Century or DateField.SundayWeek or DateField.MondayWeek) is { } part
        ? new(
            $"a date cannot be read by its {(part.Field == DateField.Quarter ? "quarter" : part.Field == DateField.Century ? "century" : "week")}",
            "read a year, month and day: `\"yyyy-MM-dd\"` or `\"%Y-%m-%d\"`")
        : Parts.Any(part => part.Field == DateField.Hour12) && !Parts.Any(part => part.Field is DateField.HalfDay or DateField.Hour)
            ? new("`hh` is the hour of a half day, and the pattern does not say which half", "write `HH` (`%H`), or add `tt` (`%p`)")
            : null;

    /// <summary>The pattern that a text is; null, and why, for one that holds a letter without meaning or no part of a date.</summary>
    public static DatePattern? TryParse(string text, out PatternFault? fault)
    {
        var parts = DateWords.FindNamed(text);
        if (parts is null)
        {
            parts = [];
            string? wrong = text.Contains('%') ? ReadDirectives(text, parts) : ReadLetters(text, parts);
            if (wrong is not null)
            {
                fault = new PatternFault(wrong, Help);
                return null;
            }
        }

        if (parts.All(part => part.Field == DateField.Literal))
        {
            fault = new PatternFault($"`{text}` holds no part of a date", Help);
            return null;
        }

        fault = null;
        return new DatePattern(text, parts);
    }

    /// <summary>Reads strftime's directives; what is wrong, or null.</summary>
    private static string? ReadDirectives(string text, List<DatePart> parts)
    {
        var literal = new StringBuilder();
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] != '%')
            {
                literal.Append(text[at]);
                continue;
            }

            int start = at++;
            char flag = '\0';
            for (; at < text.Length && "-_0^#.:123456789".Contains(text[at]); at++)
                flag = text[at] is '.' ? flag : text[at];
            if (at >= text.Length)
                return $"`{text.Substring(start)}` at the end is not a directive";

            if (text[at] == '%' && at == start + 1)
            {
                literal.Append('%');
            }
            else if (DateWords.Directive(text[at], flag) is { } directive)
            {
                Flush(literal, parts);
                parts.AddRange(directive);
                if (at + 1 < text.Length && text[at + 1] == text[at])
                    return $"`{text.Substring(start, at + 2 - start)}` is half strftime's and half .NET's";
            }
            else
            {
                return $"`{text.Substring(start, at + 1 - start)}` means nothing in a date's format";
            }
        }

        Flush(literal, parts);
        return null;
    }

    /// <summary>Reads letters as words; what is wrong, or null.</summary>
    private static string? ReadLetters(string text, List<DatePart> parts)
    {
        var literal = new StringBuilder();
        for (int at = 0; at < text.Length;)
        {
            char c = text[at];
            if (c is '\'' or '"')
            {
                int end = text.IndexOf(c, at + 1);
                if (end < 0)
                    return $"the quote `{c}` opens a text that does not end";
                literal.Append(end == at + 1 ? c.ToString() : text.Substring(at + 1, end - at - 1));
                at = end + 1;
            }
            else if (c == '\\' && at + 1 < text.Length)
            {
                literal.Append(text[at + 1]);
                at += 2;
            }
            else if (char.IsDigit(c) && parts.Count == 0)
            {
                return $"`{text}` is not a format of a date";
            }
            else if (!char.IsLetter(c))
            {
                literal.Append(c);
                at++;
            }
            else if (c == 'T' && literal.Length == 0 && parts.Count > 0 && parts[parts.Count - 1].IsNumber && at + 1 < text.Length
                && text[at + 1] is 'H' or 'h')
            {
                literal.Append(c);
                at++;
            }
            else
            {
                bool isBehindPoint = literal.Length > 0 && literal[literal.Length - 1] is '.' or ',';
                Flush(literal, parts);
                if (DateWords.Find(text, at, isBehindPoint, out int length) is not { } part)
                    return $"`{LettersAt(text, at)}` means nothing in a date's format";

                // `at`, `ddddd`: no word goes on with its own letter, and nothing follows AM or PM without a sign between.
                if (at + length < text.Length && (text[at + length] == text[at + length - 1]
                    || (part.Field == DateField.HalfDay && char.IsLetter(text[at + length]))))
                    return $"`{LettersAt(text, at)}` means nothing in a date's format";
                if (parts.Count > 0 && parts[parts.Count - 1] is { Field: DateField.Hour or DateField.Hour12 }
                    && part.Field is DateField.Hour or DateField.Hour12)
                    return $"`{LettersAt(text, at)}` is the hour a second time";
                parts.Add(part);
                at += length;
            }
        }

        Flush(literal, parts);
        SettleMonths(parts);
        return null;
    }

    /// <summary>
    /// Tells months from minutes by what stands beside, as spreadsheets do: <c>mm</c> beside a day or year and no time is the month,
    /// <c>MM</c> behind hours or before seconds is the minutes.
    /// </summary>
    private static void SettleMonths(List<DatePart> parts)
    {
        for (int i = 0; i < parts.Count; i++)
        {
            if (parts[i].Field is not (DateField.Month or DateField.Minute))
                continue;

            var (before, sign) = Neighbour(parts, i, -1);
            var (after, nextSign) = Neighbour(parts, i, 1);
            bool isInTime = before is DateField.Hour or DateField.Hour12 || after == DateField.Second;
            if (parts[i].Field == DateField.Minute && !isInTime && (IsDay(before) || IsDay(after)))
                parts[i] = parts[i] with { Field = DateField.Month };
            else if (parts[i].Field == DateField.Month && ((before is DateField.Hour or DateField.Hour12 && sign is "" or ":" or ".")
                || (after == DateField.Second && nextSign is ":")))
                parts[i] = parts[i] with { Field = DateField.Minute };
        }

        static bool IsDay(DateField? field) => field is DateField.Day or DateField.Year or DateField.YearOfCentury;
    }

    private static (DateField? Field, string Sign) Neighbour(List<DatePart> parts, int index, int step)
    {
        int at = index + step;
        string sign = "";
        if (at >= 0 && at < parts.Count && parts[at].Field == DateField.Literal)
        {
            sign = parts[at].Text;
            at += step;
        }

        return (at >= 0 && at < parts.Count ? parts[at].Field : null, sign);
    }

    private static string LettersAt(string text, int at)
    {
        int end = at;
        while (end < text.Length && char.IsLetter(text[end]))
            end++;
        return text.Substring(at, end - at);
    }

    private static void Flush(StringBuilder literal, List<DatePart> parts)
    {
        if (literal.Length > 0)
            parts.Add(DatePart.OfText(literal.ToString()));
        literal.Clear();
    }
}
