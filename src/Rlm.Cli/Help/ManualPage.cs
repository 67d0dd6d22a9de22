using System.Text;
using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Help;

/// <summary>The manual page, in the macros of <c>man</c>.</summary>
internal static class ManualPage
{
    public static string Write(IReadOnlyList<Verb> verbs, string version)
    {
        var page = new StringBuilder($".TH RLM 1 \"\" \"{version}\" \"User Commands\"\n");
        Section(page, "NAME", "rlm \\- answers questions about texts far larger than a model's window");
        Section(page, "SYNOPSIS", string.Join("\n.br\n", verbs.Select(static verb => $".B rlm {verb.Name}\n{Escape(verb.Usage)}")));
        Section(page, "DESCRIPTION", Escape(UsagePage.Description));
        page.Append(".SH COMMANDS\n");
        foreach (var verb in verbs)
            Item(page, $"rlm {verb.Name} {verb.Usage}", $"{UsagePage.Sentence(verb.Summary)} {verb.Description}");
        page.Append(".SH OPTIONS\n");
        foreach (var category in verbs.SelectMany(static verb => verb.Options).Distinct().GroupBy(static option => option.Category).OrderBy(static group => group.Key))
        {
            page.Append($".SS {category.Key}\n");
            foreach (var option in category)
                Item(page, option.Form.Trim(), $"{UsagePage.Sentence(option.Summary)} {option.Details} {Of(option, verbs)}");
        }

        page.Append(".SH EXAMPLES\n");
        foreach (var (commandLine, comment) in verbs.SelectMany(static verb => verb.Examples))
            Item(page, commandLine, UsagePage.Sentence(comment));
        page.Append(".SH EXIT STATUS\n");
        foreach (var (code, meaning) in ExitCodes.All)
            Item(page, $"{code}", UsagePage.Sentence(meaning));
        page.Append(".SH ENVIRONMENT\n");
        foreach (var (name, meaning) in UsagePage.EnvironmentVariables)
            Item(page, name, UsagePage.Sentence(meaning));
        return page.ToString();
    }

    /// <summary>Which commands have an option that not all have.</summary>
    private static string Of(OptionSpec option, IReadOnlyList<Verb> verbs)
    {
        string[] having = [.. verbs.Where(verb => verb.Options.Contains(option)).Select(static verb => verb.Name)];
        return having.Length == verbs.Count ? "" : $"(rlm {string.Join(", ", having)})";
    }

    private static void Section(StringBuilder page, string title, string text) => page.Append($".SH {title}\n{text}\n");

    private static void Item(StringBuilder page, string head, string text) => page.Append($".TP\n.B {Escape(head)}\n{Escape(text.Trim())}\n");

    /// <summary>A line of text: no word of it is a macro, and its hyphens and quotes can be copied.</summary>
    private static string Escape(string text)
    {
        var escaped = new StringBuilder(text.StartsWith('.') ? "\\&" : "");
        foreach (char c in text.Replace("  ", " ", StringComparison.Ordinal))
            escaped.Append(c switch { '\\' => "\\e", '-' => "\\-", '"' => "\\(dq", '\'' => "\\(aq", _ => c.ToString() });
        return escaped.ToString();
    }
}
