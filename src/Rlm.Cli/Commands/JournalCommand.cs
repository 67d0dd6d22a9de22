using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Cli.Runs;
using Rlm.Runtime.Rendering;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm journal</c>: an account of what a journal holds.</summary>
internal sealed class JournalCommand() : Verb(
    "journal", "FILE [options]", "tell what a journal holds: turns, programs, calls, tokens, retries",
    "An account of every run in the file. The file itself is JSON, one entry a line, described in docs/journal.md.",
    [Json, .. Common],
    [
        ("rlm journal run.jsonl", "to read"),
        ("rlm journal run.jsonl --json", "for scripts"),
    ])
{
    public override Invocation Read(OptionReader reader) =>
        new JournalInvocation(JournalArgument.Read(reader), OutputArguments.Read(reader));
}

internal sealed record JournalInvocation(string JournalPath, OutputArguments Output) : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var account = JournalAccount.Read(RunsFolder.FindJournal(host, JournalPath));
        if (Output.Json)
            host.Output.WriteLine(JournalJson.Of(account).Write());
        else
            host.WriteText(Write(account));
        return Task.FromResult(ExitCodes.Answered);
    }

    private static string Write(JournalAccount account)
    {
        var text = new List<string>();
        for (int i = 0; i < account.Runs.Count; i++)
        {
            var run = account.Runs[i];
            text.Add($"run {i + 1}: {(run.Command.Count == 0 ? "by a program" : string.Join(' ', run.Command))}");
            if (run.Question is { } question)
                text.Add($"  question: {question}");
            foreach (var (name, bytes) in run.Contexts)
                text.Add($"  context: {name}, {Amount.Of(bytes, "byte")}");
            foreach (string program in run.Programs)
                text.Add("  program:\n    " + program.TrimEnd('\n').Replace("\n", "\n    ", StringComparison.Ordinal));
            foreach (string words in run.Words)
                text.Add("  a reply without a program:\n    " + words.ReplaceLineEndings("\n    "));
            foreach (string failure in run.Failures)
                text.Add($"  failed: {failure}");
            text.Add($"  {Amount.Of(run.Turns, "turn")}, {Amount.Of(run.RootCalls, "root call")}, {Amount.Of(run.Calls, "sub-call")}, {Amount.Of(run.FailedCalls, "failed call")}, {Amount.Of(run.FailedItems, "failed item")}, "
                + $"{Amount.Of(run.Retries, "retry")}, {Amount.Of(run.HeldReplies, "held reply")}");
            string cost = run.CostUsd is { } usd ? $", {UsageText.Of(usd)}" : "";
            text.Add(Invariant(
                $"  {Amount.Of(run.InputTokens, "token")} in{(run.CachedInputTokens > 0 ? Invariant($" ({run.CachedInputTokens:N0} cached)") : "")} and {run.OutputTokens:N0} out{cost}, {UsageText.Of(run.Elapsed)}"));
            text.Add(run.Outcome is null
                ? "  not finished: its command with --resume goes on"
                : $"  {run.Outcome}{(run.IsPartial ? ", partial" : "")}");
        }

        if (account.Runs.Count == 0)
            text.Add("no run yet");
        if (account.DamagedLines is { Count: > 0 } damaged)
            text.Add(
                $"left out: {Amount.Agree(damaged.Count, "{line|lines}")} {string.Join(", ", damaged)}, damaged, doubled, or behind missing ones");
        return string.Join('\n', text);
    }
}
