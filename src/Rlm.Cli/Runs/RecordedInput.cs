using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Runs;

/// <summary>What a run read from standard input, which its journal does not hold.</summary>
internal static class RecordedInput
{
    /// <summary>The run again, which says that its text has to come again where it came from standard input.</summary>
    /// <param name="run">The run as it was begun.</param>
    /// <param name="path">Its journal.</param>
    /// <param name="command">What begins it again.</param>
    public static JournaledInvocation Require(JournaledInvocation run, string path, string command) =>
        run.Contexts.Contexts.Any(static context => context.IsStandardInput)
            || (run.Contexts.ReadsStandardInput
                && JournalAccount.Read(path).Runs.Any(static begun => begun.Contexts.Any(static context => context.Name == ContextArgument.DefaultName)))
            ? run with
            {
                Contexts = run.Contexts with { MissingInput = $"the run read its text from stdin, which its journal does not hold: give the same text again, {command} < FILE" },
            }
            : run;
}
