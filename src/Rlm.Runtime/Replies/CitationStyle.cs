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
            string body = brackets.Groups["body"].Value;
            _quoted.Add(body);
            if (CitedNumbers.Read(body) is { } numbers)
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
            var numbers = CitedNumbers.Read(body);
            if (numbers?.TrueForAll(number => IsOwn(number.Prefix)) == true)
                return write([.. numbers.Select(number => (number.First, number.Last))]);

            // A bare number is meant as one of the prompt's unless the data hold it; with another letter it is the reply's own.
            bool isCited = numbers?.Exists(number => number.Prefix.Length == 0 || IsOwn(number.Prefix)) ?? CitedNumbers.Resemble(body, _prefix);
            if (isCited && !_quoted.Contains(body))
                misread(brackets.Value);
            return brackets.Value;
        });

    private bool IsOwn(string prefix) => prefix.Equals(_prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>None, then letters and pairs of them that are not words.</summary>
    private static IEnumerable<string> Prefixes()
    {
        const string letters = "bcdfghjkmpqtvwxz";
        return [.. letters.Select(letter => $"{letter}").Prepend(""), .. letters.SelectMany(first => letters, (first, second) => $"{first}{second}")];
    }

    [GeneratedRegex(@"\\?[\[【［](?<body>[^\[\]【】［］]+?)\\?[\]】］]")]
    private static partial Regex Brackets { get; }
}
