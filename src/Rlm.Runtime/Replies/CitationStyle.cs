using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Runtime.Replies;

/// <summary>
/// How the texts of a prompt are numbered, so that they can be cited: <c>[3]</c>, and <c>[b3]</c> where the data hold brackets such as
/// <c>[3]</c> themselves, which a reply may quote. It follows from the data, so that equal prompts stay equal.
/// </summary>
internal sealed partial class CitationStyle
{
    private readonly HashSet<string> _quoted = new(StringComparer.OrdinalIgnoreCase);
    private readonly string _prefix;

    private CitationStyle(IEnumerable<string> texts)
    {
        var taken = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (Match brackets in texts.SelectMany(text => Brackets.Matches(text)))
        {
            _quoted.Add(brackets.Groups["body"].Value);
            if (Read(brackets) is not { } numbers)
                continue;

            taken.UnionWith(numbers.Select(number => number.Prefix));
        }

        _prefix = Prefixes().First(prefix => !taken.Contains(prefix));
    }

    /// <summary>The style for all texts that a prompt shows.</summary>
    public static CitationStyle Of(IEnumerable<string> texts) => new(texts);

    /// <summary>A number as the prompt has it, and a reply.</summary>
    public string Write(int number) => $"[{_prefix}{number}]";

    /// <summary>Puts something in the place of each citation of a text.</summary>
    /// <param name="text">The text.</param>
    /// <param name="write">What stands for brackets with those numbers, each with the last one of a range.</param>
    /// <param name="misread">Told brackets that look like a citation, and are of no number that the prompt has.</param>
    public string Replace(string text, Func<IReadOnlyList<(int First, int Last)>, string> write, Action<string> misread) =>
        Brackets.Replace(text, brackets =>
        {
            string body = brackets.Groups["body"].Value;
            if (Read(brackets) is not { } numbers)
            {
                if (LooksCited.IsMatch(body) && !_quoted.Contains(body))
                    misread(brackets.Value);
                return brackets.Value;
            }

            if (numbers.TrueForAll(number => number.Prefix.Equals(_prefix, StringComparison.OrdinalIgnoreCase)))
                return write([.. numbers.Select(number => (number.First, number.Last))]);

            // A bare number is meant as one of the prompt's unless the data hold it; with another letter it is the reply's own.
            if (numbers.Exists(number => number.Prefix.Length == 0) && !_quoted.Contains(body))
                misread(brackets.Value);
            return brackets.Value;
        });

    /// <summary>The numbers in brackets; null where they hold anything else.</summary>
    private static List<(string Prefix, int First, int Last)>? Read(Match brackets)
    {
        string body = brackets.Groups["body"].Value;
        if (body.IndexOf('†', StringComparison.Ordinal) is var mark and >= 0)
            body = body[..mark];
        var read = new List<(string, int, int)>();
        foreach (string part in Separator.Split(body.Trim(' ', '^', '\\')))
        {
            if (Number.Match(part) is not { Success: true } number)
                return null;

            int first = int.Parse(number.Groups["first"].Value, CultureInfo.InvariantCulture);
            int last = number.Groups["last"] is { Success: true } end ? int.Parse(end.Value, CultureInfo.InvariantCulture) : first;
            read.Add((number.Groups["prefix"].Value, first, last));
        }

        return read;
    }

    /// <summary>None, then letters and pairs of them that are not words.</summary>
    private static IEnumerable<string> Prefixes()
    {
        const string letters = "bcdfghjkmpqtvwxz";
        return [.. letters.Select(letter => $"{letter}").Prepend(""), .. letters.SelectMany(first => letters, (first, second) => $"{first}{second}")];
    }

    [GeneratedRegex(@"\\?[\[【［](?<body>[^\[\]【】［］\r\n]{1,80}?)\\?[\]】］]")]
    private static partial Regex Brackets { get; }

    [GeneratedRegex(@"\s*(?:[,;、，；&+]|\band\b)\s*", RegexOptions.IgnoreCase)]
    private static partial Regex Separator { get; }

    /// <summary>A place in a file, and a number with a word or signs beside it: what a reply makes up where it should cite by a number.</summary>
    [GeneratedRegex(@"^\S*[\p{L}_.-]\S*:[0-9]+(?:-[0-9]+)?$|^\W*(?:\p{L}+(?:[.:]\s*|\s+))?[0-9]{1,20}\W*$|^[0-9]+\s+to\s+[0-9]+$")]
    private static partial Regex LooksCited { get; }

    [GeneratedRegex(
        @"^(?:(?:items?|lines?|rows?|sources?|refs?|numbers?|no\.?)\s*)?#?(?<prefix>[a-z]{0,2})(?<first>[0-9]{1,9})(?:\s*[-–—]\s*[a-z]{0,2}(?<last>[0-9]{1,9}))?$",
        RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Number { get; }
}
