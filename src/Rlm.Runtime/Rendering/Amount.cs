using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Rendering;

/// <summary>Amounts of things as notes and messages write them.</summary>
internal static partial class Amount
{
    /// <summary>So many of a thing: <c>1 row</c>, <c>1,234 rows</c>, <c>2 replies</c>.</summary>
    public static string Of(long count, string noun) => $"{Of(count)} {(count == 1 ? noun : PluralOf(noun))}";

    /// <summary>So many of how many: <c>1 of 12 rows</c>, <c>1 of 1 row</c>.</summary>
    public static string Of(long count, long all, string noun) => $"{Of(count)} of {Of(all, noun)}";

    /// <summary>
    /// A text about so many, whose <c>{one|many}</c> are the words for one and for any other amount: <c>{is|are} left out</c>.
    /// </summary>
    public static string Agree(long count, string text) => Pair.Replace(text, pair => pair.Groups[count == 1 ? "one" : "many"].Value);

    public static string Of(long count) => count.ToString("N0", CultureInfo.InvariantCulture);

    private static string PluralOf(string noun) => noun switch
    {
        [.., not ('a' or 'e' or 'i' or 'o' or 'u'), 'y'] => $"{noun[..^1]}ies",
        [.., 's' or 'x'] or [.., 'c' or 's', 'h'] => $"{noun}es",
        _ => $"{noun}s",
    };

    [GeneratedRegex(@"\{(?<one>[^{}|]*)\|(?<many>[^{}|]*)\}")]
    private static partial Regex Pair { get; }
}
