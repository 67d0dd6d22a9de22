using Rlm.Cli.CommandLine;
using Rlm.Cli.Help;
using Rlm.Cli.Output;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm help</c>: the language, an operator, a function, a word, a diagnostic, a verb.</summary>
internal sealed class HelpCommand() : Verb(
    "help", "[OPERATOR | FUNCTION | WORD | RLM2001 | COMMAND]", "the language, an operator, a diagnostic",
    "Without a topic, the whole language on one screen.",
    [Manual, ShortHelp, LongHelp],
    [
        ("rlm help", "the language"),
        ("rlm help grep", "an operator with examples"),
        ("rlm help around", "a word, with the stages that have it"),
        ("rlm help RLM2001", "a diagnostic, with a program that has it"),
    ])
{
    public override bool ExplainsEnvironment => false;

    public override IReadOnlyList<string> Words =>
    [
        .. RlmLanguage.Operators.Select(static signature => signature.Head).Concat(RlmLanguage.Functions.Select(static function => function.Name)).Distinct(),
        .. DiagnosticPage.All.Select(static descriptor => descriptor.Id),
        .. VerbCatalog.All.Select(static verb => verb.Name),
    ];

    public override Invocation Read(OptionReader reader) => reader.Flag(Manual)
        ? new ManualInvocation()
        : new HelpInvocation(reader.Words.Count == 0 ? null : string.Join(' ', reader.Words));
}

/// <param name="Topic">An operator, a function, a word, a diagnostic or a verb; null for the language.</param>
internal sealed record HelpInvocation(string? Topic) : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken) => Task.FromResult(Write(host));

    private int Write(CliHost host)
    {
        if (Topic is null)
        {
            host.Output.Write(LanguagePage.Write());
            return ExitCodes.Answered;
        }

        string topic = Topic.Trim().Trim('`', '|', '(', ')').Trim();
        if (PageOf(topic) is { } page)
        {
            host.Output.Write(page);
            return ExitCodes.Answered;
        }

        string near = NameSuggestion.For(topic, Topics()) is { } name ? $"; did you mean `{name}`?" : "; `rlm help` lists what there is";
        host.Error.WriteLine(PlainText.OneLine($"rlm: no help on `{PlainText.Cut(Topic, 60)}`{near}"));
        return ExitCodes.WrongUsage;
    }

    private static string? PageOf(string topic)
    {
        if (DiagnosticPage.All.FirstOrDefault(
            descriptor => string.Equals(descriptor.Id, topic, StringComparison.OrdinalIgnoreCase)) is { } descriptor)
            return DiagnosticPage.Write(descriptor);
        if (VerbCatalog.Find(topic) is { } verb)
            return UsagePage.WriteVerb(verb, isLong: true);

        string word = topic.ToLowerInvariant();
        bool isName = word.Contains(' ', StringComparison.Ordinal);
        IReadOnlyList<RlmOperator> operators =
            [.. RlmLanguage.Operators.Where(signature => word == (isName ? signature.Name : signature.Head))];
        var function = RlmLanguage.Functions.FirstOrDefault(function => function.Name == word)
            ?? (operators.Count > 0 ? null : RlmLanguage.Functions.FirstOrDefault(function => function.Synonyms.Contains(word)));
        var known = RlmLanguage.Words.FirstOrDefault(known => known.Name == word);
        IReadOnlyList<RlmOperator> takers = operators.Count > 0 ? [] : [.. RlmLanguage.Operators.Where(signature => signature.Words.Contains(word))];
        if (operators.Count == 0 && function is null && known is null && takers.Count == 0)
            return null;

        var page = new TextLayout();
        for (int i = 0; i < operators.Count; i++)
        {
            if (i > 0)
                page.Blank();
            OperatorPage.Write(page, operators[i]);
        }

        if (function is not null)
        {
            if (operators.Count > 0)
                page.Blank();
            FunctionPage.Write(page, function);
        }

        if (known is not null || takers.Count > 0)
        {
            if (operators.Count > 0 || function is not null)
                page.Blank();
            WordPage.Write(page, word, known, takers);
        }

        return page.ToString();
    }

    private static IEnumerable<string> Topics() =>
    [
        .. RlmLanguage.Operators.Select(signature => signature.Head),
        .. RlmLanguage.Operators.Select(signature => signature.Name),
        .. RlmLanguage.Functions.Select(function => function.Name),
        .. RlmLanguage.Functions.SelectMany(function => function.Synonyms),
        .. RlmLanguage.Words.Select(word => word.Name),
        .. RlmLanguage.Operators.SelectMany(signature => signature.Words),
        .. DiagnosticPage.All.Select(descriptor => descriptor.Id),
        .. VerbCatalog.All.Select(verb => verb.Name),
    ];
}
