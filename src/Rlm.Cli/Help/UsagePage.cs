using Rlm.Cli.CommandLine;
using Rlm.Cli.Configuration;

namespace Rlm.Cli.Help;

/// <summary>What <c>-h</c> and <c>--help</c> print: the short page fits a screen, the long one teaches.</summary>
internal static class UsagePage
{
    private const int OptionColumn = 31, CommandColumn = 15;

    /// <summary>What the program does, for the long pages.</summary>
    public const string Description =
        "The text stays outside the prompt, as a variable. A model writes small programs that look at it, cut it, search it and send pieces "
        + "to model calls, turn after turn, until it answers; or you write the program. Programs are checked before anything is spent, never "
        + "make more calls than allowed, and count, match and filter without a model. `rlm help` shows their language.";

    /// <summary>What it reads of the environment.</summary>
    public static IReadOnlyList<(string Name, string Meaning)> EnvironmentVariables { get; } =
    [
        ("RLM_MODEL", "the model where --model is not given"),
        (ConfigurationPlaces.Variable, "your configuration, in place of ~/.config/rlm/config.toml"),
        (ConfiguredOptions.ProfileVariable, "the profile where --profile is not given"),
        .. ModelProvider.All.SelectMany(provider => provider.Variables),
        (OptionCatalog.Workers.Variable!, "the queue whose workers make the calls, where --workers is not given"),
        ("NO_COLOR", "no colour, whatever its value"),
    ];

    /// <summary>The page of the program, of which these are the verbs.</summary>
    public static string WriteProgram(IReadOnlyList<Verb> verbs, bool isLong)
    {
        var page = new TextLayout()
            .Line("rlm answers questions about texts far larger than a model's window.")
            .Blank()
            .Line("Usage: rlm COMMAND [options]")
            .Blank()
            .Line("Commands:");
        foreach (var verb in verbs)
            page.Row(verb.Name, verb.Summary, 2, CommandColumn);

        page.Blank().Line("Try:");
        page.Line("  rlm ask \"Which customers want their money back, and why?\" -c box.mbox");
        page.Line("  rlm run -e 'grep /liability/ | map \"{it} [{cite}]\"' -c contract.pdf");
        page.Line("  rlm run -e 'grep /ERROR/ | count' -c server.log");
        if (isLong)
        {
            page.Blank().Paragraph(Description);
            foreach (var verb in verbs)
            {
                page.Blank().Line($"rlm {verb.Name} {verb.Usage}").Paragraph(verb.Description, 2);
                WriteExamples(page, verb);
            }

            WriteExitCodes(page);
            WriteEnvironment(page);
        }

        return page.Blank()
            .Line(isLong ? "rlm COMMAND --help explains a command's options; --version and --licenses tell what rlm is."
                : "rlm COMMAND -h lists a command's options, --help explains them; rlm help shows the language.")
            .ToString();
    }

    /// <summary>The page of a verb.</summary>
    public static string WriteVerb(Verb verb, bool isLong)
    {
        var page = new TextLayout().Line($"rlm {verb.Name}: {verb.Summary}").Blank().Line($"Usage: rlm {verb.Name} {verb.Usage}");
        if (isLong)
        {
            page.Blank().Paragraph(verb.Description).Blank().Line("Examples:");
            WriteExamples(page, verb);
        }

        foreach (var category in verb.Options.Where(option => isLong || !option.IsRare).GroupBy(option => option.Category)
            .OrderBy(group => group.Key))
        {
            page.Blank().Line($"{category.Key}:");
            foreach (var option in category)
            {
                page.Row(option.Form, option.Summary, 2, OptionColumn);
                if (isLong && option.Details.Length > 0)
                    page.Paragraph(option.Details, OptionColumn);
            }
        }

        if (!isLong && verb.Options.Where(option => option.IsRare).Select(option => option.Name).ToArray() is { Length: > 0 } rare)
            page.Blank().Paragraph($"In --help only: {string.Join(", ", rare)}", 0);

        if (isLong && verb.ExplainsEnvironment)
        {
            WriteExitCodes(page);
            WriteEnvironment(page);
        }

        return page.ToString();
    }

    /// <summary>A summary as a sentence.</summary>
    public static string Sentence(string summary) => $"{char.ToUpperInvariant(summary[0])}{summary[1..]}.";

    private static void WriteExamples(TextLayout page, Verb verb)
    {
        foreach (var (commandLine, comment) in verb.Examples)
            page.Line($"  # {comment}").Line($"  {commandLine}");
    }

    private static void WriteExitCodes(TextLayout page)
    {
        page.Blank().Line("Exit codes:");
        foreach (var (code, meaning) in ExitCodes.All)
            page.Row($"{code}", meaning, 2, 7);
    }

    private static void WriteEnvironment(TextLayout page)
    {
        page.Blank().Line("Environment:");
        foreach (var (name, meaning) in EnvironmentVariables)
            page.Row(name, meaning, 2, 25);
    }
}
