using System.Text.RegularExpressions;

namespace Rlm.Dsl.Formats;

/// <summary>
/// How a number is written: <c>0.00</c>, <c>#,##0</c>, <c>N2</c>, <c>F1</c>, <c>P0</c>, <c>D5</c> as .NET has it, <c>%.2f</c> as
/// printf, <c>,.2f</c> as Python.
/// </summary>
internal sealed record NumberPattern
{
    // The most digits that a decimal has.
    private const int MostDigits = 28;

    private const string Help =
        "numbers take `0.00`, `#,##0.0`, `0%`, `N2`, `F1`, `P1`, `.2f`, `,.2f`, `.1%`, `,`, `05d`, `%.2f`, `%d` or `.2e`; text of its own stands in `'…'`";

    private static readonly Regex Standard = new(@"^(?<kind>[NnFfPpDdEe])(?<digits>\d{0,2})$", RegexOptions.CultureInvariant);

    private static readonly Regex Python = new(
        @"^(?<sign>\+?)(?<width>0[1-9]\d?)?(?<group>[,_]?)(?:(?:\.(?<digits>\d{1,2}))(?<kind>[fFeEg%]?)|(?<kind>[fFdeEg]?))$",
        RegexOptions.CultureInvariant);

    private static readonly Regex Printf = new(
        @"^(?<before>(?:[^%]|%%)*)%(?<sign>\+?)(?<group>[,']?)(?<width>0?[1-9]\d?)?(?:\.(?<digits>\d{1,2}))?(?<kind>[fFdiueEg])(?<after>(?:[^%]|%%)*)$",
        RegexOptions.CultureInvariant);

    private static readonly Regex Custom = new(
        @"^(?<before>[^#0]*?)(?<whole>[#0,]*[#0])(?:\.(?<zeros>0*)(?<marks>#*))?(?<after>[^#0]*)$|^(?<before>[^#0.]*)\.(?<zeros>0+)(?<marks>#*)(?<after>[^#0]*)$",
        RegexOptions.CultureInvariant);

    /// <summary>What stands before the number, behind its sign.</summary>
    public string Before { get; private init; } = "";

    /// <summary>What stands behind it.</summary>
    public string After { get; private init; } = "";

    /// <summary>The digits before the point at least, zeros in front.</summary>
    public int LeastWhole { get; private init; } = 1;

    /// <summary>The characters at least, blanks in front, as printf has it.</summary>
    public int Width { get; private init; }

    /// <summary>The decimals that are always there.</summary>
    public int LeastDecimals { get; private init; }

    /// <summary>The decimals at most; null for as many as there are.</summary>
    public int? MostDecimals { get; private init; }

    /// <summary>Whether a comma stands between thousands.</summary>
    public bool HasGroups { get; private init; }

    /// <summary>Whether the number is a share that is written as a percentage.</summary>
    public bool IsPercentage { get; private init; }

    /// <summary>Whether it is written with an exponent.</summary>
    public bool HasExponent { get; private init; }

    /// <summary>Whether a positive number has a sign.</summary>
    public bool HasPlus { get; private init; }

    /// <summary>The pattern that a text is; null, and why, for any other.</summary>
    public static NumberPattern? TryParse(string text, out PatternFault? fault)
    {
        var pattern = OfStandard(text) ?? OfPython(text) ?? OfPrintf(text) ?? OfCustom(text);
        fault = pattern is null || pattern.MostDecimals > MostDigits
            ? new PatternFault($"`{text}` is not a format of a number", Help)
            : null;
        return fault is null ? pattern : null;
    }

    private static NumberPattern? OfStandard(string text)
    {
        var match = Standard.Match(text);
        if (!match.Success)
            return null;

        int digits = match.Groups["digits"].Length > 0 ? int.Parse(match.Groups["digits"].Value) : -1;
        char kind = char.ToUpperInvariant(text[0]);
        return kind switch
        {
            'D' => new NumberPattern { LeastWhole = Math.Max(1, digits), MostDecimals = 0 },
            'E' => MakeFixed(digits < 0 ? 6 : digits) with { HasExponent = true },
            _ => MakeFixed(digits < 0 ? 2 : digits) with
            {
                HasGroups = kind is 'N' or 'P',
                IsPercentage = kind == 'P',
                After = kind == 'P' ? "%" : ""
            },
        };
    }

    private static NumberPattern? OfPython(string text) =>
        text.Length > 0 && Python.Match(text) is { Success: true } match ? OfSpecification(match) : null;

    private static NumberPattern? OfPrintf(string text)
    {
        var match = Printf.Match(text);
        return match.Success
            ? OfSpecification(match) with
            {
                Before = match.Groups["before"].Value.Replace("%%", "%"),
                After = match.Groups["after"].Value.Replace("%%", "%")
            }
            : null;
    }

    private static NumberPattern OfSpecification(Match match)
    {
        string kind = match.Groups["kind"].Value.ToLowerInvariant();
        string width = match.Groups["width"].Value;
        bool isWhole = kind is "d" or "i" or "u";
        int? digits = match.Groups["digits"].Length > 0 ? int.Parse(match.Groups["digits"].Value)
            : kind is "f" or "e" or "%" ? 6
            : isWhole ? 0
            : null;
        return new NumberPattern
        {
            // Zeros in front count the point and the decimals, too.
            Width = width.Length == 0 ? 0 : int.Parse(width),
            LeastWhole = width.Length > 0 && width[0] == '0' ? Math.Max(1, int.Parse(width) - (digits is > 0 ? digits.Value + 1 : 0)) : 1,
            LeastDecimals = kind == "g" ? 0 : digits ?? 0,
            MostDecimals = digits,
            HasGroups = match.Groups["group"].Length > 0,
            IsPercentage = kind == "%",
            After = kind == "%" ? "%" : "",
            HasExponent = kind == "e",
            HasPlus = match.Groups["sign"].Length > 0,
        };
    }

    private static NumberPattern? OfCustom(string text)
    {
        var match = Custom.Match(text);
        if (!match.Success || TextOf(match.Groups["before"].Value) is not { } before
            || TextOf(match.Groups["after"].Value) is not { } after)
            return null;

        string whole = match.Groups["whole"].Value;
        int zeros = match.Groups["zeros"].Length;
        return new NumberPattern
        {
            Before = before,
            After = after,
            LeastWhole = whole.Count(c => c == '0'),
            LeastDecimals = zeros,
            MostDecimals = zeros + match.Groups["marks"].Length,
            HasGroups = whole.Contains(','),
            IsPercentage = before.Contains('%') || after.Contains('%'),
        };
    }

    /// <summary>The text around digits, its quotes resolved; null where a letter stands for nothing.</summary>
    private static string? TextOf(string text)
    {
        string plain = "";
        for (int at = 0; at < text.Length; at++)
        {
            if (text[at] is '\'' or '"' && text.IndexOf(text[at], at + 1) is > 0 and var end)
            {
                plain += text.Substring(at + 1, end - at - 1);
                at = end;
            }
            else if (char.IsLetterOrDigit(text[at]) || text[at] is ';' or '.' or '\'' or '"' or '‰')
            {
                return null;
            }
            else
            {
                plain += text[at];
            }
        }

        return plain;
    }

    private static NumberPattern MakeFixed(int decimals) => new() { LeastDecimals = decimals, MostDecimals = decimals };
}
