using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.CommandLine;

/// <param name="Model">The models.</param>
/// <param name="Options">Limits and settings, without journal and models.</param>
/// <param name="Consent">Whether somebody is asked before money is spent.</param>
/// <param name="JournalPath">The journal's file; null for none.</param>
/// <param name="Sync">When the journal's entries are forced to the disk.</param>
/// <param name="Resume">Whether the journal is there and its replies are taken again.</param>
internal sealed record RunArguments(
    ModelArguments Model, RlmOptions Options, ConsentMode Consent, string? JournalPath, JournalSync Sync, bool Resume)
{
    /// <summary>The file of prices; null for the one of the environment, if any.</summary>
    public string? PricesPath { get; init; }

    /// <summary>Whether the journal keeps prompts.</summary>
    public bool KeepsPrompts { get; init; }

    /// <summary>Where journals are kept that have no file of their own; null for the usual place.</summary>
    public string? JournalFolder { get; init; }

    /// <summary>Whether none is kept then.</summary>
    public bool KeepsNone { get; init; }

    /// <summary>The command line, as a journal keeps it for a replay.</summary>
    public IReadOnlyList<string> Line { get; init; } = [];

    /// <summary>Whether workers may make the calls.</summary>
    public bool TakesWorkers { get; init; }

    /// <summary>The queue whose workers make the calls, as the command line has it; null for none there.</summary>
    public string? QueueUrl { get; init; }

    /// <summary>Whether the command line or a configuration says how many calls are made at a time.</summary>
    public bool IsParallelGiven { get; init; }

    /// <summary>The queue whose workers make the calls; null for none.</summary>
    public string? FindQueue(CliHost host) =>
        QueueUrl ?? (TakesWorkers && host.Variable(Workers.Variable!) is { Length: > 0 } url ? url : null);

    /// <summary>What helps call the page that lists the operators.</summary>
    public const string OperatorsPage = "`rlm help`";

    /// <summary>What messages call an option, and what else is the host's.</summary>
    public static Dictionary<string, string> OptionNames => new()
    {
        [nameof(RlmOptions.MaxCalls)] = MaxCalls.Name,
        [nameof(RlmOptions.MaxSteps)] = MaxSteps.Name,
        [nameof(RlmOptions.MaxDepth)] = MaxDepth.Name,
        [nameof(RlmOptions.SampleItems)] = Sample.Name,
        [nameof(RlmOptions.MaxTokens)] = MaxTokens.Name,
        [nameof(RlmOptions.MaxInputTokens)] = MaxInputTokens.Name,
        [nameof(RlmOptions.MaxOutputTokens)] = MaxOutputTokens.Name,
        [nameof(RlmOptions.MaxCostUsd)] = MaxCost.Name,
        [nameof(RlmOptions.MaxMemoryBytes)] = MaxMemory.Name,
        [nameof(RlmOptions.Timeout)] = OptionCatalog.Timeout.Name,
        [nameof(ChatClientTraits.WindowTokens)] = Window.Name,
        ["encoding"] = ContextEncoding.Name,
        ["operators"] = OperatorsPage,
    };

    /// <summary>The same over contexts, some of which others read.</summary>
    public static Dictionary<string, string> OptionNamesOf(ContextArguments contexts) =>
        contexts.OfWorkers is null ? OptionNames : new(OptionNames) { ["encoding"] = $"{ContextEncoding.Name} of its worker" };

    public static RunArguments Read(OptionReader reader)
    {
        var options = new RlmOptions
        {
            MaxCalls = reader.Whole(MaxCalls, 0, 1_000_000, 400),
            MaxDepth = reader.Whole(MaxDepth, 0, 16, 1),
            SampleItems = (int?)reader.Whole(Sample, 1, 1_000_000),
            MaxTokens = reader.Whole(MaxTokens, 1, 1_000_000_000_000),
            MaxInputTokens = reader.Whole(MaxInputTokens, 1, 1_000_000_000_000),
            MaxOutputTokens = reader.Whole(MaxOutputTokens, 1, 1_000_000_000_000),
            MaxCostUsd = reader.Amount(MaxCost, 1_000_000),
            Price = reader.Price(Price),
            Timeout = reader.Time(OptionCatalog.Timeout),
            MaxMemoryBytes = reader.Size(MaxMemory),
            Parallel = reader.Text(OptionCatalog.Parallel) is "auto" ? null : reader.Whole(OptionCatalog.Parallel, 1, 1_024, 8),
            RequestsPerMinute = (int?)reader.Whole(RequestsPerMinute, 1, 1_000_000),
            TokensPerMinute = reader.Whole(TokensPerMinute, 1, 1_000_000_000_000),
            Strict = reader.Flag(Strict),
            OptionNames = OptionNames,
        };
        if (reader.Takes(MaxSteps))
            options = options with { MaxSteps = reader.Whole(MaxSteps, 1, 1_000, 20), Instructions = reader.Text(Instructions) };

        string? journal = reader.Text(JournalFile);
        bool resume = reader.Flag(OptionCatalog.Resume);
        if (resume && journal is null)
            reader.Fail("--resume needs --journal FILE, the journal to go on from");
        if (reader.Flag(Prompts) && journal is null)
            reader.Fail("--journal-prompts needs --journal FILE, the journal that keeps them");
        return new(ModelArguments.Read(reader), options, ConsentOf(reader), journal, SyncOf(reader), resume)
        {
            PricesPath = reader.Text(Prices),
            KeepsPrompts = reader.Flag(Prompts),
            JournalFolder = reader.Text(OptionCatalog.JournalFolder),
            KeepsNone = !reader.Takes(NoJournal) || (reader.Flag(NoJournal) && !reader.IsGiven(OptionCatalog.JournalFolder)),
            Line = reader.Line,
            TakesWorkers = reader.Takes(Workers),
            QueueUrl = reader.Takes(Workers) ? reader.Text(Workers) : null,
            IsParallelGiven = reader.Text(OptionCatalog.Parallel) is not null,
        };
    }

    private static ConsentMode ConsentOf(OptionReader reader)
    {
        if (reader.Flag(DryRun))
            return ConsentMode.DryRun;
        return reader.Flag(Confirm) && !reader.Flag(Yes) ? ConsentMode.Ask : ConsentMode.Given;
    }

    private static JournalSync SyncOf(OptionReader reader) =>
        reader.Choice(OptionCatalog.Sync) switch { "each" => JournalSync.Each, "off" => JournalSync.Off, _ => JournalSync.End };
}
