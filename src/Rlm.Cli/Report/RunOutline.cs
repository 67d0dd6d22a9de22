using System.Globalization;
using Rlm.Cli.Output;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Report;

/// <summary>What a page says of a run in words and figures: those that <c>rlm</c> printed at the run's end, as far as it came to one.</summary>
/// <param name="run">The run.</param>
internal sealed class RunOutline(TracedRun run)
{
    public const int MaxTitleChars = 600;

    private JournalRunAccount Account => run.Account;

    public bool IsQuestion => Account.Question is not null;

    public string Kind => IsQuestion ? "Question" : "Program by hand";

    /// <summary>The question, else the command, else the first program.</summary>
    public string Title => TextRoom.Cut(
        Account.Question ?? CommandLine ?? (Account.Programs.Count > 0 ? Account.Programs[0] : "a run of a program"), MaxTitleChars) is var (title, leftOut)
        && leftOut > 0 ? $"{title}…" : title;

    public RunEnd End => RunEnd.Of(run.Result?.Outcome, run.Result?.IsPartial ?? false);

    /// <summary>Why no answer is shown.</summary>
    public string NoAnswer => run.Result switch
    {
        null => "There is no answer yet: the run goes on, or it did not come to its end. Then its command with --resume goes on with it.",
        { Outcome: RlmOutcome.Completed } => "The program shows values, which stand below, and gives no answer.",
        { Reasons.Count: 0 } => "There is no answer.",
        var result => $"There is no answer: {string.Join("; ", result.Reasons)}",
    };

    /// <summary>The line that <c>rlm</c> ends with, or what the journal tells of a run without an end.</summary>
    public string Usage => run.Result is { Usage: var usage }
        ? usage is { Calls: 0, Steps: 0 } ? $"Nothing was asked of a model, {UsageText.Of(usage.Elapsed)}" : UsageText.Of(usage)
        : "What the journal tells as far as the run came; calls in flight at its end are not in it, nor is what they cost.";

    /// <summary>The figures with their names, and a word about each.</summary>
    public IReadOnlyList<(string Name, string Value, string More)> Figures
    {
        get
        {
            bool isOver = run.Result is not null;
            var usage = run.Result?.Usage ?? new RlmUsage
            {
                Calls = Account.Calls,
                Steps = Account.Turns,
                InputTokens = Account.InputTokens,
                CachedInputTokens = Account.CachedInputTokens,
                OutputTokens = Account.OutputTokens,
                CostUsd = SumOfCosts,
                Elapsed = Account.Elapsed,
            };
            string held = Account.HeldReplies > 0 ? $"{Amount.Of(Account.HeldReplies)} more held" : "";
            return
            [
                ("Sub-calls", Amount.Of(usage.Calls), held.Length > 0 ? held : isOver ? $"{Amount.Of(usage.CallsLeft)} left" : "so far"),
                ("Turns", Amount.Of(usage.Steps), Account.RootCalls > 0 ? Amount.Of(Account.RootCalls, "root call") : ""),
                ("Tokens in", Amount.Of(usage.InputTokens), usage.CachedInputTokens > 0 ? $"{Amount.Of(usage.CachedInputTokens)} cached" : ""),
                ("Tokens out", Amount.Of(usage.OutputTokens), ""),
                ("Cost", usage.CostUsd is { } cost ? UsageText.Of(cost) : "–", usage.CostUsd is null ? CostRemark : isOver ? "" : "so far"),
                ("Time", UsageText.Of(usage.Elapsed), isOver ? "" : "so far"),
                ("Failed", Amount.Of(Account.FailedItems), $"{(Account.FailedItems == 1 ? "item" : "items")}, {Amount.Of(Account.FailedCalls, "call")}"),
            ];
        }
    }

    /// <summary>Why an answer is partial or missing, each with the remedy.</summary>
    public IEnumerable<(string Text, string? Remedy)> Losses => (run.Result?.Reasons ?? [])
        .Select(reason => (reason, run.Result!.Losses.FirstOrDefault(loss => loss.Text == reason)?.Remedy));

    /// <summary>Notes of a run that is over; those of one that is not stand among its steps.</summary>
    public IReadOnlyList<string> Notes => run.Result?.Notes ?? [];

    /// <summary>Where it ran, over what, and by which models.</summary>
    public IEnumerable<(string Name, string Value, bool IsCode)> Facts
    {
        get
        {
            if (CommandLine is { } command)
                yield return ("command", command, true);
            if (run.Asked is { } asked)
            {
                yield return ("folder", asked.Directory, true);
                if (asked.StartedAt is { } startedAt)
                    yield return ("began", startedAt.ToString("yyyy-MM-dd HH:mm:ss zzz", CultureInfo.InvariantCulture), false);
                if (IsQuestion)
                    yield return ("root", Describe(asked.Root), false);
                yield return ("sub-calls", Describe(asked.Sub), false);
            }

            foreach (var (name, bytes) in Account.Contexts)
                yield return ("context", $"{name}, {Amount.Of(bytes, "byte")}", false);
            if (Account.Retries > 0)
                yield return ("requests made again", Amount.Of(Account.Retries), false);
            if (Account.HeldReplies > 0)
                yield return ("replies held", $"{Amount.Of(Account.HeldReplies)}, taken from the journal for free: their calls are of the run that made them", false);
        }
    }

    private string? CommandLine => Account.Command.Count == 0 ? null : $"rlm {string.Join(' ', Account.Command.Select(WriteArgument))}";

    /// <summary>The cost of calls of which each has a known price; null where one has none.</summary>
    private decimal? SumOfCosts => run.Calls.Any(static call => call.WasMade)
        ? run.Calls.Where(static call => call.WasMade).Aggregate((decimal?)0, static (sum, call) => sum + call.CostUsd) : null;

    private string CostRemark => run.Calls.Any(static call => call.WasMade) ? "no known price" : "no call";

    private static string Describe(JournalModel model) =>
        $"{model.Name ?? model.Provider ?? "a model of the host's"}, {Amount.Of(model.WindowTokens, "token")} of window";

    private static string WriteArgument(string argument) =>
        argument.Length > 0 && argument.All(static c => char.IsLetterOrDigit(c) || c is '-' or '_' or '.' or '/' or '=' or ':' or ',' or '@' or '%' or '+')
            ? argument : $"'{argument.Replace("'", "'\\''", StringComparison.Ordinal)}'";
}
