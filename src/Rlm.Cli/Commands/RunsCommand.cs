using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Cli.Report;
using Rlm.Cli.Runs;
using Rlm.Runtime.Rendering;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm runs</c>: the paid runs whose journals are kept.</summary>
internal sealed class RunsCommand() : Verb(
    "runs", "[show RUN | resume RUN [-- options] | remove RUN…]", "list the paid runs that are kept; show, resume or remove them",
    "A paid run of `ask`, `run` or `chat` without --journal keeps one in the state folder ($XDG_STATE_HOME/rlm/runs, else ~/.local/state/rlm/runs), unless --no-journal is given: "
    + "its replies, programs and previews, which nobody else may read. The newest hundred stay. RUN is a name of the list, or `last`. `resume` runs the same command again where it was, "
    + "takes the replies that are there, and pays for the rest; options behind `--` go before those that the run had.",
    [Max, JournalFolder, Loader, Profile, NoConfiguration, .. Common],
    [
        ("rlm runs", "the list, the newest first"),
        ("rlm runs show last", "what it did and spent"),
        ("rlm runs resume last", "go on after Ctrl-C or a limit"),
        ("rlm runs resume last -- --max-calls 500", "with a higher limit"),
        ("rlm replay last", "the same again, without a model"),
    ])
{
    public override IReadOnlyList<string> Words => ["show", "resume", "remove"];

    public override Invocation Read(OptionReader reader)
    {
        var words = reader.Words;
        string? action = words.Count > 0 ? words[0] : null;
        if (action is not (null or "show" or "resume" or "remove"))
            reader.Fail($"`{action}` is none of show, resume and remove");
        else if (action is not null && words.Count < 2)
            reader.Fail($"rlm runs {action} needs a RUN: a name of `rlm runs`, or `last`");
        else if (action == "show" && words.Count > 2)
            reader.Fail($"`{words[2]}` is one argument too many");
        return new RunsInvocation(action, [.. words.Skip(1)], reader.Text(JournalFolder), reader.Whole(Max, 1, RunsFolder.MostRuns, 20), reader.Loaders(), OutputArguments.Read(reader));
    }
}

/// <param name="Action">What to do; null to list.</param>
/// <param name="Words">The runs, or one with further options.</param>
/// <param name="Folder">Where they are; null for the usual place.</param>
/// <param name="Most">How many are listed.</param>
/// <param name="Loaders">The programs that read files: those of who resumes a run, never the journal's.</param>
/// <param name="Output">How it is told.</param>
internal sealed record RunsInvocation(
    string? Action, IReadOnlyList<string> Words, string? Folder, int Most, IReadOnlyList<LoaderArgument> Loaders, OutputArguments Output) : Invocation
{
    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var folder = RunsFolder.Find(host, Folder) ?? throw new MisuseException("there is no home folder that runs are kept in: set HOME or XDG_STATE_HOME");
        switch (Action)
        {
            case null:
                List(folder, host);
                return ExitCodes.Answered;
            case "show":
                return await new JournalInvocation(PathOf(folder, Words[0]), Output).RunAsync(host, cancellationToken).ConfigureAwait(false);
            case "resume":
                return await ResumeAsync(PathOf(folder, Words[0]), host, cancellationToken).ConfigureAwait(false);
            default:
                foreach (string path in Words.Select(word => PathOf(folder, word)).ToList())
                    folder.Remove(Path.GetFileNameWithoutExtension(path));
                return ExitCodes.Answered;
        }
    }

    private static string PathOf(RunsFolder folder, string name) =>
        folder.FindPath(name) ?? throw new MisuseException($"there is no run `{name}`: `rlm runs` lists them");

    private void List(RunsFolder folder, CliHost host)
    {
        var names = folder.Names;
        foreach (string name in names.Take(Most))
            host.WriteText($"{name}  {Describe(KeptRun.Read(name, folder.FindPath(name)!))}");

        var status = new StatusWriter(host, Output);
        if (names.Count == 0)
            status.Tell("no run is kept yet");
        else if (names.Count > Most)
            status.Tell($"{Amount.Of(names.Count - Most, "older run")} not listed: --max {RunsFolder.MostRuns}");
    }

    /// <summary>A run in a line: how it ended, what it spent, what it was.</summary>
    private static string Describe(KeptRun run)
    {
        const int MostChars = 60;
        string cost = run.CostUsd is > 0 and { } usd ? $", {UsageText.Of(usd)}" : "";
        string spent = run.Calls > 0 ? $", {Amount.Of(run.Calls, "call")}{cost}" : "";
        return $"{run.End.Word}{spent}: {PlainText.Cut(run.Title, MostChars)}";
    }

    private async Task<int> ResumeAsync(string path, CliHost host, CancellationToken cancellationToken)
    {
        JournalRun run;
        using (var journal = RlmJournal.Read(path))
            run = journal.LastRun ?? throw new IOException($"the run of {path} never began");

        // Contexts are called by the paths that were given, so the paths must lead to them again.
        if (Directory.Exists(run.Directory))
            Directory.SetCurrentDirectory(run.Directory);
        if (run.Arguments.Any(word => word.EndsWith($"={RecordedCommandLine.LeftOutAddress}", StringComparison.Ordinal)) && !Words.Any(word => word.Contains("base-url", StringComparison.Ordinal)))
            throw new MisuseException($"the address of the run may hold a password, and is not kept: rlm runs resume {Words[0]} -- {BaseUrl.Name} URL");

        var verb = VerbCatalog.Find(run.Arguments.Count > 0 ? run.Arguments[0] : "") ?? throw new IOException($"the run of {path} was not begun by rlm");
        if (verb is ServeCommand)
            throw new IOException($"the run of {path} is of `rlm serve`, whose texts came with a request and are kept nowhere: send the request again");

        var again = CommandLineReader.Read(
            RecordedCommandLine.Again(verb, run.Arguments, [JournalFile.Name, path, OptionCatalog.Resume.Name, .. Words.Skip(1)]), _ => new NoOptionSource());
        if (again is JournaledInvocation recorded)
        {
            recorded = recorded with { Contexts = recorded.Contexts with { Loaders = [.. recorded.Contexts.Loaders, .. Loaders] } };
            again = RecordedInput.Require(recorded, path, $"rlm runs resume {Words[0]}");
        }

        return host.Queues is null && again.NeedsQueue(host)
            ? await host.HandOver(cancellationToken).ConfigureAwait(false)
            : await again.RunAsync(host, cancellationToken).ConfigureAwait(false);
    }
}
