namespace Rlm.Dsl.Formats;

/// <summary>The letters and words of a <see cref="DatePattern"/>.</summary>
internal static class DateWords
{
    private const int MostFractionDigits = 9;

    private static readonly Dictionary<string, DatePart> Words = new(StringComparer.Ordinal)
    {
        ["yyyy"] = new(DateField.Year, 4),
        ["yy"] = new(DateField.YearOfCentury, 2),
        ["y"] = new(DateField.Year),
        ["YYYY"] = new(DateField.Year, 4),
        ["YY"] = new(DateField.YearOfCentury, 2),
        ["Y"] = new(DateField.Year),
        ["uuuu"] = new(DateField.Year, 4),
        ["IYYY"] = new(DateField.IsoYear, 4),
        ["Q"] = new(DateField.Quarter),
        ["M"] = new(DateField.Month),
        ["MM"] = new(DateField.Month, 2),
        ["MMM"] = new(DateField.MonthAbbreviation),
        ["MMMM"] = new(DateField.MonthName),
        ["L"] = new(DateField.Month),
        ["LL"] = new(DateField.Month, 2),
        ["LLL"] = new(DateField.MonthAbbreviation),
        ["LLLL"] = new(DateField.MonthName),
        ["Mon"] = new(DateField.MonthAbbreviation),
        ["MON"] = new(DateField.MonthAbbreviation) { IsUpper = true },
        ["mon"] = new(DateField.MonthAbbreviation) { IsLower = true },
        ["Month"] = new(DateField.MonthName),
        ["MONTH"] = new(DateField.MonthName) { IsUpper = true },
        ["month"] = new(DateField.MonthName) { IsLower = true },
        ["d"] = new(DateField.Day),
        ["dd"] = new(DateField.Day, 2),
        ["D"] = new(DateField.Day),
        ["DD"] = new(DateField.Day, 2),
        ["Do"] = new(DateField.OrdinalDay),
        ["DDD"] = new(DateField.DayOfYear, 3),
        ["DDDD"] = new(DateField.DayOfYear, 3),
        ["ddd"] = new(DateField.WeekdayAbbreviation),
        ["dddd"] = new(DateField.WeekdayName),
        ["EEE"] = new(DateField.WeekdayAbbreviation),
        ["EEEE"] = new(DateField.WeekdayName),
        ["Dy"] = new(DateField.WeekdayAbbreviation),
        ["DY"] = new(DateField.WeekdayAbbreviation) { IsUpper = true },
        ["dy"] = new(DateField.WeekdayAbbreviation) { IsLower = true },
        ["Day"] = new(DateField.WeekdayName),
        ["DAY"] = new(DateField.WeekdayName) { IsUpper = true },
        ["day"] = new(DateField.WeekdayName) { IsLower = true },
        ["w"] = new(DateField.IsoWeek),
        ["ww"] = new(DateField.IsoWeek, 2),
        ["W"] = new(DateField.IsoWeek),
        ["WW"] = new(DateField.IsoWeek, 2),
        ["IW"] = new(DateField.IsoWeek, 2),
        ["H"] = new(DateField.Hour),
        ["HH"] = new(DateField.Hour, 2),
        ["HH24"] = new(DateField.Hour, 2),
        ["hh24"] = new(DateField.Hour, 2),
        ["h"] = new(DateField.Hour12),
        ["hh"] = new(DateField.Hour12, 2),
        ["HH12"] = new(DateField.Hour12, 2),
        ["hh12"] = new(DateField.Hour12, 2),
        ["m"] = new(DateField.Minute),
        ["mm"] = new(DateField.Minute, 2),
        ["MI"] = new(DateField.Minute, 2),
        ["mi"] = new(DateField.Minute, 2),
        ["s"] = new(DateField.Second),
        ["ss"] = new(DateField.Second, 2),
        ["S"] = new(DateField.Second),
        ["SS"] = new(DateField.Second, 2),
        ["MS"] = new(DateField.Fraction, 3),
        ["US"] = new(DateField.Fraction, 6),
        ["tt"] = new(DateField.HalfDay, 2),
        ["t"] = new(DateField.HalfDay),
        ["a"] = new(DateField.HalfDay, 2),
        ["A"] = new(DateField.HalfDay, 2),
        ["AM"] = new(DateField.HalfDay, 2),
        ["PM"] = new(DateField.HalfDay, 2),
        ["am"] = new(DateField.HalfDay, 2) { IsLower = true },
        ["pm"] = new(DateField.HalfDay, 2) { IsLower = true },
        ["z"] = Offset("+H"),
        ["zz"] = Offset("+HH"),
        ["zzz"] = Offset("+HH:mm"),
        ["ZZ"] = Offset("+HHmm"),
        ["Z"] = Offset("Z"),
        ["XXX"] = Offset("Z"),
        ["K"] = Offset("K"),
    };

    private static readonly int LongestWord = Words.Keys.Max(word => word.Length);

    private static readonly Dictionary<char, DatePart> Directives = new()
    {
        ['a'] = new(DateField.WeekdayAbbreviation),
        ['A'] = new(DateField.WeekdayName),
        ['b'] = new(DateField.MonthAbbreviation),
        ['h'] = new(DateField.MonthAbbreviation),
        ['B'] = new(DateField.MonthName),
        ['C'] = new(DateField.Century, 2),
        ['d'] = new(DateField.Day, 2),
        ['e'] = new(DateField.Day, 2) { Fill = ' ' },
        ['g'] = new(DateField.IsoYearOfCentury, 2),
        ['G'] = new(DateField.IsoYear, 4),
        ['H'] = new(DateField.Hour, 2),
        ['I'] = new(DateField.Hour12, 2),
        ['j'] = new(DateField.DayOfYear, 3),
        ['k'] = new(DateField.Hour, 2) { Fill = ' ' },
        ['l'] = new(DateField.Hour12, 2) { Fill = ' ' },
        ['m'] = new(DateField.Month, 2),
        ['M'] = new(DateField.Minute, 2),
        ['p'] = new(DateField.HalfDay, 2),
        ['P'] = new(DateField.HalfDay, 2) { IsLower = true },
        ['q'] = new(DateField.Quarter),
        ['s'] = new(DateField.Epoch),
        ['S'] = new(DateField.Second, 2),
        ['u'] = new(DateField.WeekdayFromMonday),
        ['w'] = new(DateField.WeekdayFromSunday),
        ['U'] = new(DateField.SundayWeek, 2),
        ['W'] = new(DateField.MondayWeek, 2),
        ['V'] = new(DateField.IsoWeek, 2),
        ['y'] = new(DateField.YearOfCentury, 2),
        ['Y'] = new(DateField.Year, 4),
        ['f'] = new(DateField.Fraction, 6),
        ['L'] = new(DateField.Fraction, 3),
        ['N'] = new(DateField.Fraction, 9),
        ['Z'] = new(DateField.ZoneName),
        ['z'] = Offset("+HHmm"),
        ['n'] = DatePart.OfText("\n"),
        ['t'] = DatePart.OfText("\t"),
    };

    private static readonly Dictionary<char, string> Compositions = new()
    {
        ['c'] = "a b e H:M:S Y",
        ['D'] = "m/d/y",
        ['F'] = "Y-m-d",
        ['r'] = "I:M:S p",
        ['R'] = "H:M",
        ['T'] = "H:M:S",
        ['x'] = "m/d/y",
        ['X'] = "H:M:S",
    };

    /// <summary>The parts of a pattern that has a name; null for any other.</summary>
    public static List<DatePart>? FindNamed(string name) => name.ToLowerInvariant() switch
    {
        "epoch" or "unix" or "epoch s" or "epoch seconds" => [new DatePart(DateField.Epoch)],
        "epoch ms" or "epoch milliseconds" => [new DatePart(DateField.EpochMilliseconds)],
        "iso" or "iso8601" or "o" => [.. Compose("Y-m-d"), DatePart.OfText("T"), .. Compose("H:M:S"),
            new DatePart(DateField.Fraction, 7) { IsTrimmed = true, Text = "." }, Offset("K")],
        _ => null,
    };

    /// <summary>The longest word at a place.</summary>
    /// <param name="text">The pattern.</param>
    /// <param name="at">The place.</param>
    /// <param name="isBehindPoint">Whether a point or comma stands before it, behind which <c>S</c> is a part of a second.</param>
    /// <param name="length">How many letters the word has.</param>
    public static DatePart? Find(string text, int at, bool isBehindPoint, out int length)
    {
        int run = at;
        while (run < text.Length && text[run] == text[at])
            run++;
        length = run - at;
        if (text[at] is 'f' or 'F' && length <= MostFractionDigits)
            return new DatePart(DateField.Fraction, length) { IsTrimmed = text[at] == 'F' };
        if (text[at] == 'S' && length <= MostFractionDigits && (isBehindPoint || length > 2))
            return new DatePart(DateField.Fraction, length);

        for (length = Math.Min(LongestWord, text.Length - at); length > 0; length--)
        {
            if (Words.TryGetValue(text.Substring(at, length), out var part))
                return part;
        }

        return null;
    }

    /// <summary>The parts of a strftime directive; null for a letter without meaning.</summary>
    /// <param name="letter">The letter.</param>
    /// <param name="flag">The flag before it, or the digit of a fraction; a NUL for none.</param>
    public static IReadOnlyList<DatePart>? Directive(char letter, char flag)
    {
        if (flag == '\0' && Compositions.TryGetValue(letter, out string? composition))
            return [.. Compose(composition)];
        if (!Directives.TryGetValue(letter, out var part))
            return null;

        return flag switch
        {
            '\0' => [part],
            '-' or '#' when part.IsNumber => [part with { Width = 1 }],
            '_' when part.IsNumber => [part with { Fill = ' ' }],
            '0' when part.IsNumber => [part with { Fill = '0' }],
            '^' => [part with { IsUpper = true, IsLower = false }],
            ':' when letter == 'z' => [Offset("+HH:mm")],
            >= '1' and <= '9' when part.Field == DateField.Fraction => [part with { Width = flag - '0' }],
            _ => null,
        };
    }

    private static IEnumerable<DatePart> Compose(string letters) =>
        letters.Select(c => Directives.TryGetValue(c, out var part) && char.IsLetter(c) ? part : DatePart.OfText(c.ToString()));

    private static DatePart Offset(string form) => new(DateField.Offset) { Text = form };
}
