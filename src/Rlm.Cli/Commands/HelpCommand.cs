using Rlm.Cli.CommandLine;
using Rlm.Cli.Help;
using Rlm.Cli.Output;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm help</c>: the language, an operator, a function, a word, a diagnostic, a verb.</summary>
internal sealed class HelpCommand() : Verb(
    "help", "[OPERATOR | FUNCTION | WORD | RLM2001 | COMMAND]", "the language, an operator, a diagnostic",
    "Without a topic, the whole language on one screen.",
    [Manual, Llms, ShortHelp, LongHelp],
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
        : reader.Flag(Llms) ? new LlmsInvocation()
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

        string topic = TopicPage.Trim(Topic);
        var verb = VerbCatalog.Find(topic);
        string? page = TopicPage.Find(topic);
        if (page is not null || verb is not null)
        {
            host.Output.Write(page ?? UsagePage.WriteVerb(verb!, isLong: true));
            if (page is not null && verb is not null)
                host.Output.Write($"\nThe command of that name: rlm {verb.Name} --help\n");
            return ExitCodes.Answered;
        }

        string near = NameSuggestion.For(topic, TopicPage.Names.Concat(VerbCatalog.All.Select(verb => verb.Name))) is { } name
            ? $"; did you mean `{name}`?" : "; `rlm help` lists what there is";
        host.Error.WriteLine(PlainText.OneLine($"rlm: no help on `{PlainText.Cut(Topic, 60)}`{near}"));
        return ExitCodes.WrongUsage;
    }
}
