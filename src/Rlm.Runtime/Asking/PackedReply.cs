using System.Text.RegularExpressions;

namespace Rlm.Runtime.Asking;

/// <summary>Takes the reply about several rows apart, by the numbers that open its lines.</summary>
internal static partial class PackedReply
{
    /// <summary>The reply of each row, by its number from 1. A number that no row has is left out, and so is one with two different replies.</summary>
    public static IReadOnlyDictionary<int, string> Read(string reply, int rows)
    {
        var replies = new Dictionary<int, string>();
        var contradicted = new HashSet<int>();
        int? open = null;
        string[] lines = reply.Split('\n');

        // Where numbers stand in brackets, as they were asked for, other numbers belong to the replies.
        bool isBracketed = Array.Exists(lines, line => Numbered().Match(line) is { Success: true } found && found.Groups["bracket"].Success);
        foreach (string line in lines)
        {
            var match = Numbered().Match(line);
            if (match.Success && (match.Groups["bracket"].Success || !isBracketed))
            {
                // A number that no row has ends the row before it.
                open = null;
                if (!int.TryParse(match.Groups["number"].Value, out int number) || number < 1 || number > rows)
                    continue;

                string text = match.Groups["text"].Value.Trim();
                if (replies.TryGetValue(number, out string? earlier) && earlier != text)
                    contradicted.Add(number);
                replies[number] = text;
                open = number;
            }
            else if (open is { } row && line.Trim().Length > 0 && !line.TrimStart().StartsWith("```", StringComparison.Ordinal))
            {
                // A value that goes over several lines, such as a record.
                replies[row] = $"{replies[row]}\n{line.Trim()}";
            }
        }

        foreach (int number in contradicted)
            replies.Remove(number);
        return replies;
    }

    [GeneratedRegex(@"^\s*(?:[-*]\s+)?(?:(?<bracket>\[)(?<number>\d+)\][:.]?|(?<number>\d+)\s*[:.)\]=-])\s*(?<text>.*)$")]
    private static partial Regex Numbered();
}
