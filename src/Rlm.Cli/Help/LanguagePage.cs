namespace Rlm.Cli.Help;

/// <summary>The whole language on one page, from the catalogues.</summary>
internal static class LanguagePage
{
    private const int Column = 42;

    private static readonly (OperatorFamily Family, string Title)[] Families =
    [
        (OperatorFamily.Look, "Look"),
        (OperatorFamily.Cut, "Cut"),
        (OperatorFamily.Find, "Find"),
        (OperatorFamily.Rows, "Rows"),
        (OperatorFamily.Fold, "Fold"),
        (OperatorFamily.Ask, "Ask (paid: these call a model)"),
    ];

    public static string Write()
    {
        var page = new TextLayout()
            .Line("A program is statements, one a line; stages are joined with `|`:")
            .Line("  let NAME = PIPELINE · answer PIPELINE · assert CONDITION [\"why\"] · PIPELINE (shows its value)")
            .Line("  let errors = context | grep /ERROR/")
            .Line("  answer \"{errors | count} errors, first: {errors | first}\"")
            .Line("`it` is the item, `index` its place, and fields go by their names. A text or list knows its `line`,")
            .Line("`name` and `cite`. Strings \"…\" hold {pipelines}; patterns are /regex/i or \"text\"; # comments.");

        foreach (var (family, title) in Families)
        {
            page.Blank().Line(title);
            foreach (var signature in RlmLanguage.Operators.Where(signature => signature.Family == family))
                page.Row(OperatorUsage.Short(signature), TextLayout.FirstClause(signature.Summary, TextLayout.Width - Column), 2, Column);
        }

        page.Blank()
            .Line($"  KEYS: {OperatorUsage.Keys}")
            .Paragraph($"[options] of paid stages, in any order: {OperatorUsage.CallOptions}", 2)
            .Blank()
            .Line("Functions (`| f` and `f(x)`)")
            .Paragraph(string.Join("  ", RlmLanguage.Functions.Select(FunctionPage.Form)), 2)
            .Blank()
            .Line("rlm help NAME shows one of them with examples, such as rlm help grep.");
        return page.ToString().Replace('\u00a0', ' ');
    }
}
