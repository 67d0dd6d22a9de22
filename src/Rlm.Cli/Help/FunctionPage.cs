namespace Rlm.Cli.Help;

/// <summary>One function: form, meaning, examples with values.</summary>
internal static class FunctionPage
{
    /// <summary>The name with its parameters, to stand in one line.</summary>
    public static string Form(RlmFunction function) => function.Usage.Replace(' ', '\u00a0');

    public static void Write(TextLayout page, RlmFunction function)
    {
        page.Line(function.Usage);
        page.Paragraph($"A function: {function.Summary}.", 2);
        if (function.Synonyms.Count > 0)
            page.Paragraph($"Understood as well: {string.Join(", ", function.Synonyms)}.", 2);
        if (function.Examples.Count > 0)
            page.Blank().Line(function.Examples.Count == 1 ? "  Example:" : "  Examples:");
        foreach (var (expression, result) in function.Examples)
            page.Block($"{expression}  gives  {string.Join(", ", result.Split('\n'))}", 4);
    }
}
