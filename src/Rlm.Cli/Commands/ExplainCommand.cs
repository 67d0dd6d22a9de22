using Rlm.Cli.CommandLine;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm explain</c>: how a program would run, and what it would spend.</summary>
internal sealed class ExplainCommand() : Verb(
    "explain", "PROGRAM | FILE [options]", "tell how a program would run, and what it would spend",
    "The plan of `rlm run --dry-run` with every stage: the types of what comes in and goes out, items, calls, tokens and cost. It says which "
    + "filters run before paid stages, which calls are made once for many items, and what is not computed. What is free is evaluated; nothing is spent.",
    [Expression, OptionCatalog.Context, ContextEncoding, Loader, NoCache, MaxDownload, Variable, Model, SubModel, BaseUrl, SubBaseUrl, Key, SubKey, Window, SubWindow, ReplySchema, Sample, Html, OptionCatalog.Shards, .. Planning],
    [
        ("rlm explain errors.rlm -c logs=\"logs/*.log\" --price 0.25/2", "with what it would cost"),
        ("rlm explain -e 'lines | where llm \"A complaint?\" | where it contains \"fox\"' -c mails.txt", "the filter runs first"),
        ("rlm explain errors.rlm -c server.log --html plan.html", "a page for a browser"),
        ("rlm explain errors.rlm -c server.log --shards", "with what many machines would do"),
        ("rlm explain errors.rlm -c server.log --json", "for scripts"),
    ])
{
    public override bool PrintsRuns => true;

    public override Invocation Read(OptionReader reader)
    {
        var run = (RunInvocation)new RunCommand().Read(reader);
        string? page = reader.Text(Html);
        if (page is not null && run.Output.Json)
            reader.Fail("--html and --json exclude each other");
        bool tellsShards = reader.Flag(OptionCatalog.Shards);
        if (page is not null && tellsShards)
            reader.Fail("--html and --shards exclude each other");
        return new ExplainInvocation(run with { Run = run.Run with { Consent = ConsentMode.Explain }, PlanPath = page, TellsShards = tellsShards });
    }
}

/// <param name="Run">The run, which only tells.</param>
internal sealed record ExplainInvocation(RunInvocation Run) : Invocation
{
    public override bool WantsJson => Run.WantsJson;

    public override bool NeedsQueue(CliHost host) => Run.NeedsQueue(host);

    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken) => Run.RunAsync(host, cancellationToken);
}
