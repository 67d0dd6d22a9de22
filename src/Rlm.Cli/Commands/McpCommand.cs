using Rlm.Cli.CommandLine;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Mcp;
using Rlm.Cli.Mcp.Sessions;
using Rlm.Cli.Mcp.Tools;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm mcp</c>: tools for an agent.</summary>
internal sealed class McpCommand() : Verb(
    "mcp", "[options]", "tools for an agent, whose own model writes the programs",
    "An agent starts it and speaks the Model Context Protocol over stdin and stdout: describe, check, plan, run and help. What is free needs no key. "
    + "It reads what lies below --allow, and what -c names; links are followed first. A paid stage needs a configured model, and asks the agent's user with the plan's numbers, "
    + "or is allowed by --yes; the limits are for all programs together. A program has ten minutes without --timeout.",
    [
        Allow, OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Model, SubModel, BaseUrl, SubBaseUrl, Key, SubKey, Window, SubWindow, ReplySchema, Profile, NoConfiguration,
        MaxCalls, MaxDepth, MaxTokens, MaxInputTokens, MaxOutputTokens, MaxCost, Price, Prices, OptionCatalog.Timeout, MaxMemory, OptionCatalog.Parallel,
        Yes, Quiet, Verbose, NoColor, ShortHelp, LongHelp,
    ],
    [
        ("rlm mcp", "files of the working folder; free programs"),
        ("rlm mcp --allow /var/log --allow ~/data", "files of these folders"),
        ("rlm mcp --model gpt-5-mini --max-calls 200 --max-cost 1", "paid stages, each after a question"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        if (reader.Words is [var word, ..])
            reader.Fail($"`{word}` is one argument too many: requests come from the agent; a folder goes behind --allow");
        return new McpInvocation(
            reader.Texts(Allow), ContextArguments.ReadBesideInput(reader, "requests"), RunArguments.Read(reader), OutputArguments.Read(reader), reader.IsGiven(Yes));
    }
}

/// <param name="Folders">What may be read; none for the working folder.</param>
/// <param name="Contexts">What is there without a name.</param>
/// <param name="Run">The model and the limits.</param>
/// <param name="Output">What is told on stderr.</param>
/// <param name="IsAllowed">Whether programs may spend without a question, which only the command line says.</param>
internal sealed record McpInvocation(IReadOnlyList<string> Folders, ContextArguments Contexts, RunArguments Run, OutputArguments Output, bool IsAllowed) : Invocation
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    public override bool NeedsQueue(CliHost host) => Run.FindQueue(host) is not null;

    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var names = RunArguments.OptionNames;
        names["operators"] = RunText.OperatorsPage;
        names[nameof(RlmOptions.MaxAnswerChars)] = "the most that are kept";
        var run = Run with
        {
            Options = Run.Options with { Timeout = Run.Options.Timeout ?? DefaultTimeout, MaxAnswerChars = KeptResults.MaxChars, OptionNames = names },
        };
        using var prepared = new PreparedRun(run, Output, host, null);
        if (!host.IsInputRedirected)
            prepared.Status.Tell("this is for agents, which speak over stdin and stdout; Ctrl-C ends it");

        var models = new McpModels(prepared, run);
        var sessions = new KeptSessions(Contexts, new AllowedPaths(Folders), models, host, prepared.Status);
        var results = new KeptResults();
        McpTool[] tools =
        [
            new DescribeTool(sessions), new RunTool(sessions, models, results, IsAllowed), new HelpTool(), new CheckTool(sessions), new PlanTool(sessions, models),
        ];
        using var input = host.OpenInput();
        await new McpServer(tools, new ServerResources(sessions, results), new LineReader(input), new RpcWriter(host.Output, hasHeaders: false), prepared.Status)
            .RunAsync(cancellationToken).ConfigureAwait(false);
        return ExitCodes.Answered;
    }
}
