namespace Rlm.Cli.Help;

/// <summary>One operator: usage, options, examples with results.</summary>
internal static class OperatorPage
{
    public static void Write(TextLayout page, RlmOperator signature)
    {
        page.Paragraph(signature.Usage).Paragraph($"{char.ToUpperInvariant(signature.Summary[0])}{signature.Summary[1..]}.", 2);
        page.Paragraph(
            $"Takes {Takes(signature.Input)}. {(signature.IsPaid ? "Paid: it calls a model" : "Free")}"
            + $"{(signature.CanOpen ? "; at the start of a statement it works on `context`" : "")}.", 2);
        if (signature.Options.Count > 0)
            page.Blank().Line("  Options:");
        foreach (var (form, text) in signature.Options)
            page.Row(form, text, 4, 32);

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
