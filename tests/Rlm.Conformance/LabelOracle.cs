using System.Text.RegularExpressions;

namespace Rlm.Conformance;

/// <summary>A sub-model that knows the label of each text, and may reply badly about some rows of a call.</summary>
/// <param name="labels">The labels by text.</param>
/// <param name="fault">What becomes of the lines of a packed reply.</param>
internal sealed partial class LabelOracle(IReadOnlyDictionary<string, string> labels, ReplyFault fault = ReplyFault.None)
{
    private const int FaultyRowInEvery = 7;

    public LoopbackReply Answer(LoopbackRequest request)
    {
        string prompt = request.LastUserText;
        if (Data().Match(prompt) is { Success: true } single)
            return Reply(labels[single.Groups["text"].Value], request.Index, out _);

        var lines = new List<string>();
        foreach (Match row in Row().Matches(RowsPart().Match(prompt).Groups["rows"].Value))
        {
            string reply = Reply(labels[row.Groups["text"].Value], request.Index + int.Parse(row.Groups["id"].Value, System.Globalization.CultureInfo.InvariantCulture), out bool isFaulty);
            string line = $"[{row.Groups["id"].Value}] {reply}";
            if (!(isFaulty && fault == ReplyFault.Drop))
                lines.Add(line);
            if (isFaulty && fault == ReplyFault.Repeat)
                lines.Add(line);
        }

        if (fault == ReplyFault.Reorder)
            lines.Reverse();
        return string.Join('\n', lines);
    }

    private string Reply(string label, int index, out bool isFaulty)
    {
        isFaulty = index % FaultyRowInEvery == 0;
        return !isFaulty ? label : fault switch
        {
            ReplyFault.Deny => "I cannot tell what kind this is.",
            ReplyFault.Hedge => $"probably {label}, perhaps {Other(label)}",
            ReplyFault.Invent => "vegetable",
            _ => label,
        };
    }

    private string Other(string label) => labels.Values.First(other => other != label);

    [GeneratedRegex(@"<data>\n(?<text>.*)\n</data>")]
    private static partial Regex Data();

    [GeneratedRegex(@"<rows>\n(?<rows>[\s\S]*?)\n</rows>")]
    private static partial Regex RowsPart();

    [GeneratedRegex(@"^\[(?<id>\d+)\] (?<text>.*)$", RegexOptions.Multiline)]
    private static partial Regex Row();
}

/// <summary>What a sub-model does wrong, about some rows of each call.</summary>
public enum ReplyFault
{
    None,

    /// <summary>Leaves rows out.</summary>
    Drop,

    /// <summary>Answers rows twice.</summary>
    Repeat,

    /// <summary>Answers the rows of a call in another order.</summary>
    Reorder,

    /// <summary>Says that it cannot tell.</summary>
    Deny,

    /// <summary>Names two labels.</summary>
    Hedge,

    /// <summary>Names a label that there is not.</summary>
    Invent,
}
