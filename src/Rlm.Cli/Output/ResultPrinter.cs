namespace Rlm.Cli.Output;

/// <summary>Prints what came of a run, and says with which code the process ends.</summary>
internal static class ResultPrinter
{
    private const int MaxCitations = 10;

    /// <param name="result">The result.</param>
    /// <param name="status">Writes to stderr.</param>
    /// <param name="reporter">What the events told before.</param>
    public static int Print(RlmResult result, StatusWriter status, RunReporter reporter)
    {
        reporter.Answer(result);
        foreach (string note in result.Notes)
            reporter.Note(note);
        // Whoever wrote the program knows where its answer comes from.
        if (result.Citations.Count > 0 && (!reporter.IsByHand || status.IsVerbose))
            status.Tell(
                $"from {string.Join(", ", result.Citations.Take(MaxCitations))}{(result.Citations.Count > MaxCitations ? $" and {result.Citations.Count - MaxCitations} more" : "")}");
        TellReasons(result, status);
        if (result.Usage.Readings.Count > 0)
            status.Tell(UsageText.Of(result.Usage.Readings));
        if (result.Usage.Calls > 0 || result.Usage.Steps > 0)
            status.Tell(UsageText.Of(result.Usage));
        if (result.Usage.Shards is { } shards)
            status.Tell(UsageText.OfShards(shards));
        return ExitCodes.Of(result.Outcome);
    }

    /// <param name="result">The result.</param>
    /// <param name="source">The program that the diagnostics are of; null for a root loop.</param>
    /// <param name="model">The model's name; null where none was asked.</param>
    /// <param name="host">Where to.</param>
    /// <param name="shown">The shown values; null for a root loop.</param>
    public static int PrintJson(RlmResult result, SourceText? source, string? model, CliHost host, IReadOnlyList<ValueShown>? shown)
    {
        host.Output.WriteLine(RunJson.Of(result, source, model, shown).Write());
        host.Output.Flush();
        return ExitCodes.Of(result.Outcome);
    }

    /// <summary>Prints, as JSON, why a run came to no result.</summary>
    /// <param name="code">The exit code.</param>
    /// <param name="reason">Why.</param>
    /// <param name="host">Where to.</param>
    public static void PrintFailure(int code, string reason, CliHost host) => host.WriteText(RunJson.OfFailure(code, reason).Write());

    /// <summary>Says with which code an interrupted run ends, which has been told on stderr.</summary>
    public static int PrintInterrupted(bool isJson, CliHost host)
    {
        if (isJson)
            PrintFailure(ExitCodes.Interrupted, "interrupted", host);
        return ExitCodes.Interrupted;
    }

    /// <summary>Prints the result of one question among others, as one line.</summary>
    /// <param name="question">The question.</param>
    /// <param name="result">The result.</param>
    /// <param name="model">The model's name.</param>
    /// <param name="host">Where to.</param>
    public static int PrintJsonLine(string question, RlmResult result, string model, CliHost host)
    {
        host.Output.WriteLine((RunJson.Of(result, null, model, null) with { Question = question }).WriteLine());
        host.Output.Flush();
        return ExitCodes.Of(result.Outcome);
    }

    /// <summary>Prints what would be spent.</summary>
    /// <param name="plan">The plan.</param>
    /// <param name="source">The program; null for a root loop.</param>
    /// <param name="model">The model's name; null where none would be asked.</param>
    /// <param name="isJson">Whether it is for machines.</param>
    /// <param name="host">Where to.</param>
    public static void PrintPlan(SpendingPlan plan, SourceText? source, string? model, bool isJson, CliHost host) =>
        host.WriteText(isJson ? PlanJson.Write(plan, source, model) : string.Join('\n', [.. PlanText.LinesOf(plan), "nothing was spent"]));

    /// <summary>Prints how a program would run.</summary>
    /// <param name="explanation">The explanation.</param>
    /// <param name="shards">Where its stages run where shards do; null for nobody who asks.</param>
    /// <param name="source">The program.</param>
    /// <param name="model">The model's name; null where none would be asked.</param>
    /// <param name="isJson">Whether it is for machines.</param>
    /// <param name="host">Where to.</param>
    public static void PrintExplanation(
        RlmExplanation explanation, IReadOnlyList<RlmShardedStage>? shards, SourceText source, string? model, bool isJson, CliHost host) =>
        host.WriteText(isJson ? ExplanationJson.Write(explanation, shards, source, model)
            : string.Join('\n', [.. ExplanationText.LinesOf(explanation), .. shards is null ? [] : ShardPlaces.LinesOf(shards), "nothing was spent"]));

    private static void TellReasons(RlmResult result, StatusWriter status)
    {
        string what = result.Outcome switch
        {
            RlmOutcome.Answered or RlmOutcome.Completed => "partial",
            RlmOutcome.NoAnswer => "no answer",
            RlmOutcome.LimitReached => "no answer within the limits",
            RlmOutcome.ProgramErrors => "the program has errors",
            _ => "failed",
        };

        // Errors have been drawn, and say what the reasons say.
        bool isDrawn = result.Diagnostics.Any(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error);
        if (isDrawn || result is { Outcome: RlmOutcome.Answered or RlmOutcome.Completed, IsPartial: false })
            return;
        if (result.Reasons.Count == 0)
            status.Warn(what);
        foreach (string reason in result.Reasons)
            status.Warn(
                $"{what}: {reason}{(result.Losses.FirstOrDefault(loss => loss.Text == reason)?.Remedy is { } remedy ? $"; {remedy}" : "")}");
    }
}
