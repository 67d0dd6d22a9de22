using System.Text;

namespace Rlm.Runtime.Asking;

/// <summary>Takes the reply about several rows apart, by the numbers that open its lines.</summary>
internal static class PackedReply
{
    /// <summary>The reply of each row, by its number from 1. A number that no row has is left out, and so is one with two different replies;
    /// where the numbers are shifted by one, nothing says which row is meant, and none has a reply.</summary>
    public static IReadOnlyDictionary<int, string> Read(string reply, int rows)
    {
        var replies = new Dictionary<int, string>();
        var contradicted = new HashSet<int>();
        bool hasZero = false, hasNext = false;
        int open = 0;
        StringBuilder? longer = null;

        // Where numbers stand in brackets, as they were asked for, other numbers belong to the replies.
        bool isBracketed = false;
        foreach (var place in reply.AsSpan().Split('\n'))
            isBracketed |= TryRead(reply.AsSpan(place), out bool isInBrackets, out _, out _) && isInBrackets;

        foreach (var place in reply.AsSpan().Split('\n'))
        {
            var line = reply.AsSpan(place).Trim();
            if (TryRead(line, out bool isInBrackets, out var digits, out var text) && (isInBrackets || !isBracketed))
            {
                // A number that no row has ends the row before it.
                Close();
                if (!int.TryParse(digits, out int number) || number < 1 || number > rows)
                {
                    hasZero |= digits is "0";
                    hasNext |= number == rows + 1;
                    continue;
                }

                if (replies.TryGetValue(number, out string? earlier) && !text.SequenceEqual(earlier))
                    contradicted.Add(number);
                replies[number] = text.ToString();
                open = number;
            }
            else if (open > 0 && line.Length > 0 && !line.StartsWith("```"))
            {
                // A value that goes over several lines, such as a record.
                longer ??= new StringBuilder(replies[open]);
                longer.Append('\n').Append(line);
            }
        }

        Close();
        if ((hasZero && !replies.ContainsKey(rows)) || (hasNext && !replies.ContainsKey(1)))
            replies.Clear();
        foreach (int number in contradicted)
            replies.Remove(number);
        return replies;

        void Close()
        {
            if (longer is not null)
                replies[open] = longer.ToString();
            (open, longer) = (0, null);
        }
    }

    /// <summary>Takes a line apart that a number opens: <c>[1] text</c>, <c>1. text</c>, <c>1 - text</c> and the like, a bullet before it or not.</summary>
    private static bool TryRead(ReadOnlySpan<char> line, out bool isInBrackets, out ReadOnlySpan<char> digits, out ReadOnlySpan<char> text)
    {
        line = line.Trim();
        if (line is ['-' or '*', var blank, ..] && char.IsWhiteSpace(blank))
            line = line[1..].TrimStart();
        isInBrackets = line is ['[', ..];
        if (isInBrackets)
            line = line[1..];

        int count = 0;
        while (count < line.Length && char.IsDigit(line[count]))
            count++;
        digits = line[..count];
        text = isInBrackets ? line[count..] : line[count..].TrimStart();
        bool isNumbered = count > 0 && text.Length > 0 && (isInBrackets ? text[0] == ']' : text[0] is ':' or '.' or ')' or ']' or '=' or '-');
        if (!isNumbered)
            return false;

        text = text[1..];
        if (isInBrackets && text is [':' or '.', ..])
            text = text[1..];
        text = text.TrimStart();
        return true;
    }
}
