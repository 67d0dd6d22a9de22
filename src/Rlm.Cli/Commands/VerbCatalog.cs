using Rlm.Cli.CommandLine;
using Rlm.Cli.Commands.Programs;
using Rlm.Cli.Commands.Shards;
using Rlm.Cli.Commands.Workers;

namespace Rlm.Cli.Commands;

/// <summary>Every verb, in the order of the help.</summary>
internal static class VerbCatalog
{
    public static IReadOnlyList<Verb> All { get; } =
    [
        new AskCommand(),
        new ChatCommand(),
        new RunCommand(),
        new ExplainCommand(),
        new MapCommand(),
        new MergeCommand(),
        new WorkerCommand(),
        new WorkersCommand(),
        new ReplCommand(),
        new CheckCommand(),
        new FormatCommand(),
        new GrammarCommand(),
        new LspCommand(),
        new McpCommand(),
        new ServeCommand(),
        new InstallSkillCommand(),
        new ReplayCommand(),
        new JournalCommand(),
        new RunsCommand(),
        new ReportCommand(),
        new ModelsCommand(),
        new ConfigCommand(),
        new KeysCommand(),
        new CompletionsCommand(),
        new HelpCommand(),
    ];

    public static Verb? Find(string name) => All.FirstOrDefault(verb => verb.Name == name);
}
