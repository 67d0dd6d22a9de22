namespace Rlm.Cli.Help;

/// <summary>One word: what it means by itself, and what it says in the stages that have it.</summary>
internal static class WordPage
{
    private const int MostNames = 12;

    /// <param name="page">Takes the page.</param>
    /// <param name="word">The word.</param>
    /// <param name="known">What it means by itself; null for nothing.</param>
    /// <param name="takers">The operators that it may follow.</param>
    public static void Write(TextLayout page, string word, RlmKeyword? known, IReadOnlyList<RlmOperator> takers)
    {
        if (known is null)
            page.Line(word);
        else
            page.Line(known.Usage).Paragraph($"{char.ToUpperInvariant(known.Summary[0])}{known.Summary[1..]}.", 2).Blank().Line("  Example:").Block(known.Example, 4);
        if (takers.Count == 0)
            return;

        if (known is not null)
            page.Blank();
        var told = takers.SelectMany(taker => taker.Options.Where(option => Holds(option.Form, word)).Select(option => (option.Form, option.Text, Taker: taker)))
            .GroupBy(use => (use.Form, use.Text)).ToList();
        foreach (var use in told)
        {
            page.Paragraph($"{use.Key.Form}: {use.Key.Text}.", 2);
            page.Paragraph($"In {List(use.Select(one => one.Taker))}.", 4);
        }

        var others = takers.Except(told.SelectMany(use => use.Select(one => one.Taker))).ToList();
        if (others.Count > 0)
            page.Paragraph($"A word of {List(others)}: `rlm help {others[0].Name}` shows {(others.Count == 1 ? "it" : "the first")}.", 2);
    }

    private static bool Holds(string form, string word) => form.Split([' ', '(', ')', '|', '[', ']'], StringSplitOptions.RemoveEmptyEntries).Contains(word);

    private static string List(IEnumerable<RlmOperator> operators)
    {
        string[] names = [.. operators.Select(one => $"`{one.Name}`").Distinct()];
        return names.Length <= MostNames ? string.Join(", ", names) : $"{string.Join(", ", names.Take(MostNames))} and {names.Length - MostNames} more";
    }
}
