using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rlm.Cli.Output;

/// <summary>What <c>--json</c> prints of a run.</summary>
internal sealed record RunJson(
    string? Answer,
    string Outcome,
    bool Partial,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<LossJson> Losses,
    IReadOnlyList<string> Notes,
    IReadOnlyList<string> Citations,
    IReadOnlyList<DiagnosticJson> Diagnostics,
    string? Program,
    string? Model,
    UsageJson? Usage,
    IReadOnlyList<ShownJson>? Shown)
{
    /// <summary>The answer as a typed value; null where there is none.</summary>
    [JsonPropertyOrder(-1)]
    public RawJson? Value { get; init; }

    /// <summary>The question, where there are several; null for one that the command line has.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    [JsonPropertyOrder(-1)]
    public string? Question { get; init; }

    /// <param name="result">What came of the run.</param>
    /// <param name="source">The program that the diagnostics are of; null for a root loop.</param>
    /// <param name="model">The model's name; null where none was asked.</param>
    /// <param name="shown">The shown values; null for a root loop.</param>
    public static RunJson Of(RlmResult result, SourceText? source, string? model, IReadOnlyList<ValueShown>? shown) => new(
        result.Answer,
        JsonNamingPolicy.CamelCase.ConvertName(result.Outcome.ToString()),
        result.IsPartial,
        result.Reasons,
        [.. result.Losses.Select(loss =>
            new LossJson(JsonNamingPolicy.CamelCase.ConvertName(loss.Kind.ToString()), loss.Text, loss.Remedy, loss.Count, loss.Of))],
        result.Notes,
        result.Citations,
        source is null ? [] : [.. result.Diagnostics.Select(diagnostic => DiagnosticJson.Of(diagnostic, source))],
        result.Program,
        model,
        UsageJson.Of(result.Usage),
        shown is null ? null : [.. shown.Select(value => new ShownJson(value.Schema, value.Text, new(value.Write(RlmFormat.Json))))])
    {
        Value = result.Write(RlmFormat.Json) is { } value ? new(value) : null,
    };

    /// <summary>Of a run that came to no result.</summary>
    /// <param name="code">The exit code.</param>
    /// <param name="reason">Why.</param>
    public static RunJson OfFailure(int code, string reason) => Empty with { Outcome = OutcomeOf(code), Reasons = [reason] };

    /// <summary>Of a program that was not run for its errors.</summary>
    public static RunJson OfErrors(RlmProgram program) => Empty with
    {
        Outcome = OutcomeOf(ExitCodes.ProgramErrors),
        Reasons = [.. program.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Message)],
        Diagnostics = [.. program.Diagnostics.Select(diagnostic => DiagnosticJson.Of(diagnostic, program.Source))],
        Program = program.Source.Content,
    };

    private static RunJson Empty { get; } = new(null, "", false, [], [], [], [], [], null, null, null, null);

    private static string OutcomeOf(int code) => code switch
    {
        ExitCodes.WrongUsage => "wrongUsage",
        ExitCodes.ProgramErrors => "programErrors",
        ExitCodes.LimitReached => "limitReached",
        ExitCodes.Interrupted => "interrupted",
        _ => "failed",
    };

    public string Write() => JsonSerializer.Serialize(this, CliJsonContext.Readable.RunJson);

    /// <summary>The same in one line.</summary>
    public string WriteLine() => JsonSerializer.Serialize(this, CliJsonContext.Compact.RunJson);
}

internal sealed record UsageJson(
    int Calls, int CallsLeft, int RootCalls, int Steps, long InputTokens, long CachedInputTokens, long CacheWriteTokens, long OutputTokens,
    decimal? CostUsd, long ElapsedMs, IReadOnlyList<RlmReading> Readings)
{
    /// <summary>What was paid before, by shards; null for any run but their merge.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public ShardUsageJson? Shards { get; init; }

    public static UsageJson Of(RlmUsage usage) => new(
        usage.Calls,
        usage.CallsLeft,
        usage.RootCalls,
        usage.Steps,
        usage.InputTokens,
        usage.CachedInputTokens,
        usage.CacheWriteTokens,
        usage.OutputTokens,
        usage.CostUsd,
        (long)usage.Elapsed.TotalMilliseconds,
        usage.Readings)
    {
        Shards = usage.Shards is { } shards ? new(shards.Calls, shards.InputTokens, shards.CachedInputTokens, shards.CacheWriteTokens, shards.OutputTokens) : null,
    };
}

/// <summary>What shards paid for the replies of a merge.</summary>
internal sealed record ShardUsageJson(int Calls, long InputTokens, long CachedInputTokens, long CacheWriteTokens, long OutputTokens);

/// <param name="Kind">What was lost, such as failedItems.</param>
/// <param name="Text">How much, of what and why.</param>
/// <param name="Remedy">What to write instead; null where nothing but asking again helps.</param>
/// <param name="Count">How many were lost; null where nobody counted.</param>
/// <param name="Of">Of how many; null where nobody counted.</param>
internal sealed record LossJson(string Kind, string Text, string? Remedy, long? Count, long? Of);

/// <param name="Schema">Type and size.</param>
/// <param name="Text">The value as a run prints it.</param>
/// <param name="Value">The value with its types.</param>
internal sealed record ShownJson(string Schema, string Text, RawJson Value);

/// <param name="Id">The kind.</param>
/// <param name="Severity">error, warning or hint.</param>
/// <param name="Message">What is wrong.</param>
/// <param name="Help">What to write instead; null for nothing better.</param>
/// <param name="Line">Line, from 1.</param>
/// <param name="Column">Column in UTF-16 characters, from 1.</param>
/// <param name="Start">Offset in UTF-16 characters.</param>
/// <param name="Length">Length in UTF-16 characters.</param>
/// <param name="Fix">The change that the help tells, to apply as it stands; null where somebody has to decide.</param>
internal sealed record DiagnosticJson(
    string Id, string Severity, string Message, string? Help, int Line, int Column, int Start, int Length, FixJson? Fix)
{
    public static DiagnosticJson Of(Diagnostic diagnostic, SourceText source)
    {
        var position = source.PositionOf(diagnostic.Span.Start);
        return new(
            diagnostic.Id, JsonNamingPolicy.CamelCase.ConvertName(diagnostic.Severity.ToString()), diagnostic.Message, diagnostic.Help,
            position.Line,
            position.Column,
            diagnostic.Span.Start,
            diagnostic.Span.Length,
            diagnostic.Fix is { } fix ? new FixJson(fix.Span.Start, fix.Span.Length, fix.Text) : null);
    }

    public static string Write(IEnumerable<Diagnostic> diagnostics, SourceText source) =>
        JsonSerializer.Serialize<IReadOnlyList<DiagnosticJson>>(
            [.. diagnostics.Select(diagnostic => Of(diagnostic, source))], CliJsonContext.Readable.IReadOnlyListDiagnosticJson);
}

/// <param name="Start">Where the replaced text begins, in UTF-16 characters.</param>
/// <param name="Length">Its length in UTF-16 characters.</param>
/// <param name="Text">What stands there instead.</param>
internal sealed record FixJson(int Start, int Length, string Text);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(RunJson))]
[JsonSerializable(typeof(PlanJson))]
[JsonSerializable(typeof(ExplanationJson))]
[JsonSerializable(typeof(JournalJson))]
[JsonSerializable(typeof(IReadOnlyList<DiagnosticJson>))]
internal sealed partial class CliJsonContext : JsonSerializerContext
{
    /// <summary>Text stays readable: it goes to a terminal or a file, never into a page.</summary>
    public static CliJsonContext Readable { get; } = Create(isIndented: true);

    /// <summary>The same, in one line.</summary>
    public static CliJsonContext Compact { get; } = Create(isIndented: false);

    private static CliJsonContext Create(bool isIndented) => new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        WriteIndented = isIndented,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
