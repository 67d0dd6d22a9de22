using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Offline.Planning;

/// <summary>A variable as its card shows it.</summary>
internal sealed partial record Card(string Name, string Type, long Items, long Bytes, IReadOnlyList<string> Preview)
{
    public bool IsText => Type == "text";

    public static List<Card> Read(string variables)
    {
        List<Card> cards = [];
        List<string> preview = [];
        foreach (string line in variables.Split('\n'))
        {
            if (line.StartsWith("| ", StringComparison.Ordinal))
            {
                if (line.Length > 2 && line.Trim() != "| …")
                    preview.Add(line[2..].TrimEnd('\r'));
            }
            else if (Head.Match(line) is { Success: true } head)
            {
                preview = [];
                cards.Add(new Card(head.Groups["name"].Value, head.Groups["type"].Value.Trim(),
                    Number(Items_.Match(line)), Number(Bytes_.Match(line)), preview));
            }
        }

        return cards;
    }

    private static long Number(Match match) => match.Success
        && long.TryParse(
            match.Groups[1].Value.Replace(",", "", StringComparison.Ordinal),
            NumberStyles.None,
            CultureInfo.InvariantCulture,
            out long value) ? value : 0;

    [GeneratedRegex(@"^(?<name>[A-Za-z_]\w*): (?<type>[^,]+)", RegexOptions.CultureInvariant)]
    private static partial Regex Head { get; }

    [GeneratedRegex(@"\b([\d,]+) (?:lines?|items?)\b", RegexOptions.CultureInvariant)]
    private static partial Regex Items_ { get; }

    [GeneratedRegex(@"\b([\d,]+) bytes\b", RegexOptions.CultureInvariant)]
    private static partial Regex Bytes_ { get; }
}
