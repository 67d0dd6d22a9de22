using System.Text;
using Rlm.Dsl.Types;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>
/// Takes the reply about several rows apart. Lines opened by <c>[1]</c>, as they were asked for, are taken one by one; any other form, such
/// as <c>1: text</c>, a table or JSON, must give each row one reply, since a model that counts by itself may have passed over a row.
/// </summary>
internal static class PackedReply
{
    /// <summary>What opens a row that is shown beside those that are asked about.</summary>
    private const string RowOfNeighbour = "[-]";

    private static readonly Dictionary<int, string> Nothing = [];

    /// <summary>The reply of each row, by its number from 1. A number that no row has is left out, and so is one with two different
    /// replies; where the numbers are shifted by one, nothing says which row is meant, and none has a reply.</summary>
    /// <param name="reply">The reply.</param>
    /// <param name="rows">How many rows were asked about.</param>
    /// <param name="type">What each of them is asked for.</param>
    /// <param name="haveNeighbours">Whether rows stood beside them that nothing was asked about: a number too many may be one of these, so that none is sure.</param>
    public static IReadOnlyDictionary<int, string> Read(string reply, int rows, RlmType type, bool haveNeighbours = false) =>
        PackedJson.TryRead(reply, rows, type, out var read) ? read : ReadLines(reply, rows, haveNeighbours);

    /// <summary>The replies by the numbers that open lines.</summary>
    public static IReadOnlyDictionary<int, string> ReadLines(string reply, int rows, bool haveNeighbours = false)
    {
        var replies = new Dictionary<int, string>();
        var contradicted = new HashSet<int>();
        bool hasOthers = false, hasZero = false, hasNext = false;
        int open = 0;
        StringBuilder? longer = null;

        // Where numbers stand in brackets, as they were asked for, other numbers belong to the replies.
        bool isBracketed = false;
        foreach (var place in reply.AsSpan().Split('\n'))
            isBracketed |= NumberedLine.TryRead(reply.AsSpan(place), out var line) && line.IsInBrackets;

        foreach (var place in reply.AsSpan().Split('\n'))
        {
            var text = reply.AsSpan(place).Trim();
            if (NumberedLine.TryRead(text, out var line) && (line.IsInBrackets || !isBracketed))
            {
                // A number that no row has ends the row before it.
                Close();
                if (!int.TryParse(line.Digits, out int number) || number < 1 || number > rows)
                {
                    hasOthers = true;
                    hasZero |= line.Digits is "0";
                    hasNext |= number == rows + 1;
                    continue;
                }

                if (line.HasMoreCells || replies.TryGetValue(number, out string? earlier) && !line.Text.SequenceEqual(earlier))
                    contradicted.Add(number);
                replies[number] = line.IsCell ? line.Text.ToString().Replace("\\|", "|", StringComparison.Ordinal) : line.Text.ToString();
                open = line.IsTableRow ? 0 : number;
            }
            else if (haveNeighbours && text.StartsWith(RowOfNeighbour))
            {
                Close();
            }
            else if (open > 0 && text.Length > 0 && !text.StartsWith("```"))
            {
                // A value that goes over several lines, such as a record.
                longer ??= new StringBuilder(replies[open]);
                longer.Append('\n').Append(text);
            }
        }

        Close();
        if (haveNeighbours && hasOthers)
            return Nothing;
        if (!isBracketed)
            return replies.Count == rows && contradicted.Count == 0 && !hasOthers ? replies : Nothing;
        if ((hasZero && !replies.ContainsKey(rows)) || (hasNext && !replies.ContainsKey(1)))
            return Nothing;
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
}
