using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Replies;

/// <summary>Reads what stands in brackets as numbers of texts.</summary>
internal static partial class CitedNumbers
{
    /// <summary>
    /// The numbers, each with the last one of a range; null where anything else stands there, too, so that no part of it goes unread.
    /// </summary>
    public static List<(string Prefix, int First, int Last)>? Read(string body)
    {
        string text = Cut(body).Trim(' ', '^', '\\');
        var read = new List<(string Prefix, int First, int Last)>();
        bool needsNumber = true, isRange = false, canBeRange = false;
        int at = 0;
        while (at < text.Length)
        {
            if (Token.Match(text, at) is not { Success: true } token)
                return null;

            at += token.Length;
            if (token.Groups["number"] is { Success: true } digits)
            {
                int number = int.Parse(digits.ValueSpan, CultureInfo.InvariantCulture);
                string prefix = token.Groups["prefix"].Value;
                if (!isRange)
                    read.Add((prefix, number, number));
                else if (prefix.Length == 0 || prefix.Equals(read[^1].Prefix, StringComparison.OrdinalIgnoreCase))
                    read[^1] = read[^1] with { Last = number };
                else
                    return null;
                (canBeRange, needsNumber, isRange) = (!isRange, false, false);
            }
            else if (token.Groups["range"].Success)
            {
                if (!canBeRange)
                    return null;
                (canBeRange, needsNumber, isRange) = (false, true, true);
            }
            else if (token.Groups["comma"].Success)
            {
                if (needsNumber)
                    return null;
                canBeRange = false;
            }
            else if (token.Groups["word"].Success)
            {
                needsNumber = true;
                canBeRange = false;
            }
        }

        return needsNumber ? null : read;
    }

    /// <summary>
    /// Whether any part looks like a citation, though the whole cannot be read: a place in a file, or a number with signs or a word beside it.
    /// </summary>
    /// <param name="body">What stands in the brackets.</param>
    /// <param name="prefix">What numbers begin with.</param>
    public static bool Resemble(string body, string prefix) => Separator.Split(Cut(body)).Any(part => IsCited(part, prefix));

    private static bool IsCited(string part, string prefix)
    {
        int numbers = 0, words = 0;
        bool onlyCiting = true, isBefore = true;
        foreach (string token in part.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
        {
            if (IsPlace(token.Trim('*', '_', '`', '\'', '"', '(', ')', '^', '\\', '.')))
                return true;

            string core = Signs.Replace(token, "");
            if (prefix.Length > 0 && core.Length > prefix.Length && core.StartsWith(prefix, StringComparison.OrdinalIgnoreCase) && char.IsAsciiDigit(core[prefix.Length]))
                core = core[prefix.Length..];
            if (Measure.IsMatch(core))
                return false;

            if (NumberLike.IsMatch(core))
            {
                numbers++;
            }
            else if (core.Length > 0)
            {
                words++;
                isBefore &= numbers == 0;
                onlyCiting &= CitingWord.IsMatch(core);
            }
        }

        return numbers > 0 && (onlyCiting || (words == 1 && isBefore));
    }

    /// <summary>Whether a line of a file is named, as in <c>notes.txt:9</c>.</summary>
    private static bool IsPlace(string token) =>
        token.LastIndexOf(':') is var colon and > 0 && PlaceEnd.IsMatch(token.AsSpan(colon + 1))
        && token.AsSpan(0, colon).ContainsAnyExceptInRange('0', ':');

    /// <summary>Without what some models write behind a number: <c>2†log</c>.</summary>
    private static string Cut(string body) => body.IndexOf('†', StringComparison.Ordinal) is var mark and >= 0 ? body[..mark] : body;

    [GeneratedRegex(
        @"\G(?:\s+|(?<range>\.{2,3}|…|[-–—]|(?:to|through)(?!\p{L}))|(?<comma>[,;、，；&+/]|and(?!\p{L}))"
        + @"|(?<word>(?:see|items?|lines?|rows?|sources?|refs?|numbers?|no\.?)(?!\p{L})|cf\.|cf(?=\s)|l(?=[0-9]))"
        + @"|\#?(?<prefix>[a-z]{0,2})(?<number>[0-9]{1,9})(?![\p{L}\p{N}_:]|\.[0-9]))",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Token { get; }

    [GeneratedRegex(@"[,;、，；&+]|\band\b", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Separator { get; }

    [GeneratedRegex(@"^[^\p{L}\p{N}]+|(?<=[\p{L}\p{N}])[^\p{L}\p{N}]+$")]
    private static partial Regex Signs { get; }

    [GeneratedRegex(@"^[0-9]+(?:-[0-9]+)?$")]
    private static partial Regex PlaceEnd { get; }

    /// <summary>A fraction or a version, a date, a time with seconds: no number of a text.</summary>
    [GeneratedRegex(@"^(?:[0-9]+\.[0-9]|[0-9]{4}-[0-9]{2}-[0-9]{2}|[0-9]+:[0-9]+:[0-9])")]
    private static partial Regex Measure { get; }

    [GeneratedRegex(@"^(?:\p{L}+\.|l)?[0-9]+(?:[^\p{L}\p{N}]+[a-z]{0,2}[0-9]+)*[a-z]?$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex NumberLike { get; }

    [GeneratedRegex(
        @"^(?:see|also|cf|compare|e\.g|items?|lines?|rows?|sources?|refs?|references?|numbers?|nos?|texts?|pages?|pp?|passages?|paragraphs?|sections?|entry|entries|records?|documents?|docs?|notes?|in|at|from|of|the|to|through|ff?|above|below)$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex CitingWord { get; }
}
