using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Dsl.Misreadings.Queries;

/// <summary>A <c>sort</c> with a shell's flags: <c>sort -rn</c>, <c>sort -t, -k2 -n</c>.</summary>
internal static class ShellSort
{
    private static readonly Regex Flag = new(
        @"\G\s*-(?:(?<key>k)\s*(?<place>\d+)(?:,\d+)?(?<options>[nrhgbf]*)|t\s*(?:""(?<sign>[^""]+)""|'(?<sign>[^']+)'|(?<sign>\S))|(?<options>[nrhgbfu]+))(?=\s|$)",
        RegexOptions.CultureInvariant);

    /// <summary>The stage that is meant; null where these are not its flags.</summary>
    /// <param name="flags">What stands behind <c>sort</c>.</param>
    /// <param name="fieldAt">The field that the key of a place is, counted from 1; empty where a part of the text is meant, null where there is none.</param>
    public static string? Write(string flags, Func<int?, string?> fieldAt)
    {
        string options = "", sign = "";
        int? place = null;
        int read = 0;
        for (var flag = Flag.Match(flags); flag.Success; flag = flag.NextMatch())
        {
            options += flag.Groups["options"].Value;
            sign = flag.Groups["sign"].Success ? flag.Groups["sign"].Value : sign;
            place ??= flag.Groups["key"].Success ? int.Parse(flag.Groups["place"].Value, CultureInfo.InvariantCulture) : null;
            read = flag.Index + flag.Length;
        }

        if (read == 0 || flags.Substring(read).Trim().Length > 0 || fieldAt(place) is not { } field)
            return null;

        string key = field.Length > 0 ? field : place is null ? "it" : Invariant($"split(it{(sign.Length == 0 ? "" : $", \"{sign}\"")})[{place - 1}]");
        bool isNumber = field.Length == 0 && options.IndexOfAny(['n', 'h', 'g']) >= 0, isUnique = options.Contains('u');
        string order = $"sort by {(isNumber ? $"number({key})" : key)}{(options.Contains('r') ? " desc" : "")}";
        return isUnique ? $"distinct | {order}" : order;
    }
}
