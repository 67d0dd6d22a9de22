namespace Rlm.Dsl.Misreadings;

/// <summary>What was wanted at a place, in few words: alternatives that are one thing to a writer are told as one.</summary>
internal static class ExpectedForms
{
    private static readonly string[] Values = ["a duration", "a number", "a string", "`/regex/`", "a name", "`if`", "`not`", "`(`", "`[`", "`{`", "`!`"];
    private static readonly string[] Options = ["`as`", "`pack`", "`votes`", "`calibrate`", "`around`", "`with`", "`or`"];

    /// <param name="expected">What would have fitted, in the order tried.</param>
    /// <param name="mayEnd">Whether the statement may end there.</param>
    public static string Describe(IReadOnlyList<string> expected, bool mayEnd)
    {
        var forms = expected.ToList();
        if (forms.Contains("`let`"))
            return "a statement";
        if (forms.Contains("a duration"))
            Replace(forms, Values, "a value");
        if (forms.Count(Options.Contains) > 2)
            Replace(forms, Options, "an option such as `as number`");
        if (forms.Remove("a stage"))
            forms.Add("a stage such as `count`");
        if (mayEnd && forms.Remove("`|`"))
            forms.AddRange(["`|`", "the end of the statement"]);

        var worth = forms.Distinct().Take(8).ToList();
        return worth.Count switch
        {
            0 => "something else",
            1 => worth[0],
            _ => $"{string.Join(", ", worth.Take(worth.Count - 1))} or {worth[worth.Count - 1]}",
        };
    }

    private static void Replace(List<string> forms, string[] parts, string whole)
    {
        forms.RemoveAll(form => parts.Contains(form));
        forms.Insert(0, whole);
    }
}
