using Rlm.Cli.CommandLine;
using Rlm.Cli.Commands.Shards;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm replay</c>: the last run of a journal again, without a model.</summary>
internal sealed class ReplayCommand() : Verb(
    "replay", "FILE [options]", "run the last run of a journal again, without a model",
    "The program runs again and takes every reply from the journal: the output is the same, and nothing is spent. The contexts are read "
    + "again from where they were, and must not have changed; what came from stdin is given on stdin again.",
    [Loader, NoConfiguration, .. Common],
    [
        ("rlm replay run.jsonl", "what --journal run.jsonl wrote"),
        ("rlm replay run.jsonl < mails.txt", "a run that read stdin"),
    ])
{
    public override Invocation Read(OptionReader reader) =>
        new ReplayInvocation(JournalArgument.Read(reader), reader.Loaders(), OutputArguments.Read(reader));
}

/// <param name="JournalPath">The journal.</param>
/// <param name="Loaders">The programs that read files: those of who replays it, never the journal's.</param>
/// <param name="Output">How it is told.</param>
internal sealed record ReplayInvocation(string JournalPath, IReadOnlyList<LoaderArgument> Loaders, OutputArguments Output) : Invocation
{
    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        using var journal = RlmJournal.Replay(RunsFolder.FindJournal(host, JournalPath));
        var run = journal.LastRun
            ?? throw new IOException(
                $"the journal `{JournalPath}` names no command to run again: its run never began, or it was written by a program and not by rlm");
        if (journal.LastResult is null)
            throw new IOException(
                $"the last run of the journal `{JournalPath}` did not come to its end; its command with --resume goes on with it");

        // Contexts are called by the paths that were given, so the paths must lead to them again.
        if (Directory.Exists(run.Directory))
            Directory.SetCurrentDirectory(run.Directory);
        var verb = VerbCatalog.Find(run.Arguments.Count > 0 ? run.Arguments[0] : "");
        var again = CommandLineReader.Read(verb is null ? run.Arguments : RecordedCommandLine.Again(verb, run.Arguments, []), _ => new NoOptionSource());
        if (again is ChatInvocation or ReplInvocation)
            throw new IOException(
                $"the journal `{JournalPath}` is of `rlm {run.Arguments[0]}`, which goes on as long as somebody types: run that with --journal and --resume, and give it the same lines; it takes every reply from the journal");
        if (again is ServeInvocation)
            throw new IOException($"the journal `{JournalPath}` is of `rlm serve`, whose texts came with a request and are kept nowhere: it can be read, and not run again");
        if (again is MapInvocation)
            throw new IOException($"the journal `{JournalPath}` is of `rlm map`, whose replies are in its part; run that with --journal and --resume");
        if (again is not JournaledInvocation recorded)
            throw new IOException($"the journal `{JournalPath}` names a command that this rlm does not know");

        if (recorded.Contexts.OfWorkers is not null && host.Queues is null)
            return await host.HandOver(cancellationToken).ConfigureAwait(false);

        var output = recorded.Output with
        {
            IsQuiet = recorded.Output.IsQuiet || Output.IsQuiet,
            NoColor = recorded.Output.NoColor || Output.NoColor,
        };
        recorded = recorded with { Contexts = recorded.Contexts with { Loaders = Loaders } };
        return await (RecordedInput.Require(recorded, RunsFolder.FindJournal(host, JournalPath), $"rlm replay {JournalPath}") with { Output = output })
            .RunAsync(host, journal, cancellationToken).ConfigureAwait(false);
    }
}
