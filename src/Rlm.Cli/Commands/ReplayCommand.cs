using Rlm.Cli.CommandLine;
using Rlm.Runtime;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm replay</c>: the last run of a journal again, without a model.</summary>
internal static class ReplayCommand
{
    public static async Task<int> RunAsync(ReplayInvocation replay, CliHost host, CancellationToken cancellationToken)
    {
        using var journal = Open(replay.Path);
        var run = journal.LastRun ?? throw new IOException($"the journal `{replay.Path}` names no command to run again: its run never began, or it was written by a program and not by rlm");
        if (journal.LastResult is null)
            throw new IOException($"the last run of the journal `{replay.Path}` did not come to its end; its command with --resume goes on with it");

        // Contexts are called by the paths that were given, so the paths must lead to them again.
        if (Directory.Exists(run.Directory))
            Directory.SetCurrentDirectory(run.Directory);
        return CommandLineReader.Read(run.Arguments) switch
        {
            AskInvocation ask => await AskCommand.RunAsync(ask with { Output = Of(replay, ask.Output) }, host, cancellationToken, journal).ConfigureAwait(false),
            RunInvocation byHand => await RunCommand.RunAsync(byHand with { Output = Of(replay, byHand.Output) }, host, cancellationToken, journal).ConfigureAwait(false),
            _ => throw new IOException($"the journal `{replay.Path}` names a command that this rlm does not know"),
        };
    }

    private static OutputArguments Of(ReplayInvocation replay, OutputArguments recorded) => recorded with
    {
        IsQuiet = recorded.IsQuiet || replay.Output.IsQuiet,
        NoColor = recorded.NoColor || replay.Output.NoColor,
    };

    private static RlmJournal Open(string path) =>
        Path.Exists(path) ? RlmJournal.Replay(path) : throw new IOException($"there is no journal `{path}`");
}
