using Rlm.Dsl;
using Rlm.Dsl.Operators;

namespace Rlm.Cli.Help;

/// <summary>One operator: usage, options, examples with results.</summary>
internal static class OperatorPage
{
    private static readonly Dictionary<string, string> CallOptions = new(StringComparer.Ordinal)
    {
        ["as"] = "the type of a reply: text, number, bool, date, quote, list of T, {f: T}, one of LABELS; T? where it may be missing",
        ["pack"] = "how many items go into one call",
        ["votes"] = "ask so many times and take the majority",
        ["around"] = "show so many neighbours of the item, as context only",
        ["with"] = "the model to ask, or citations that are checked",
        ["or"] = "what stands in for an item that failed",
    };

    private static readonly Dictionary<string, string> FreeOptions = new(StringComparer.Ordinal)
    {
        ["not"] = "what does not match",
        ["ignore"] = "take upper and lower case for the same",
        ["before"] = "so many lines before a match too",
        ["after"] = "so many lines after a match too",
        ["around"] = "so many lines around a match too",
        ["as"] = "the types of the fields, such as {ms: number}",
        ["by"] = "one result for each value of the keys",
        ["with"] = "keep all that tie with the last",
        ["overlap"] = "so many units of the chunk before again",
        ["seed"] = "another choice; the same for the same number",
        ["on"] = "the fields that must be equal",
        ["max"] = "so many steps at most",
        ["above"] = "how similar, from 0 to 1",
    };

    public static void Write(TextLayout page, RlmOperator signature)
    {
        string usage = signature.Usage;
        page.Paragraph(usage).Paragraph($"{char.ToUpperInvariant(signature.Summary[0])}{signature.Summary[1..]}.", 2);
        page.Paragraph(
            $"Takes {Takes(signature.Input)}. {(signature.IsPaid ? "Paid: it calls a model" : "Free")}"
            + $"{(signature.CanOpen ? "; at the start of a statement it works on `context`" : "")}.", 2);
        if (!signature.IsEvaluated)
            page.Line("  Part of the language, and not evaluated yet.");

        var notes = signature.IsPaid ? CallOptions : FreeOptions;
        var known = OperatorUsage.Options(usage).Where(option => notes.ContainsKey(option.Split(' ')[0])).ToList();
        if (known.Count > 0)
        {
            page.Blank().Line("  Options:");
            foreach (string option in known)
                page.Row(option, notes[option.Split(' ')[0]], 4, 32);
        }

        if (signature.Examples.Count > 0)
            page.Blank().Line(signature.Examples.Count == 1 ? "  Example:" : "  Examples:");
        foreach (var example in signature.Examples)
            WriteExample(page, example);
    }

    private static void WriteExample(TextLayout page, OperatorExample example)
    {
        page.Block(example.Program, 4);
        if (example.Context.Length > 0)
            page.Line("      context:").Block(example.Context, 8);
        if (example.Replies.Count > 0)
            page.Line("      the model says:").Block(string.Join('\n', example.Replies), 8);
        page.Line("      gives:").Block(example.Result, 8);
    }

    private static string Takes(OperatorInput input) => input switch
    {
        OperatorInput.Text => "a text, or each text of a list",
        OperatorInput.List => "a list",
        OperatorInput.Rows => "a list of records",
        OperatorInput.TextOrList => "a text, or a list as a whole",
        _ => "any value",
    };
}
