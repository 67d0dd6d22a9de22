namespace Rlm;

/// <summary>What a program, one of its stages, or a root's turns would spend, told before the first call of it.</summary>
/// <param name="Stages">The paid stages in the order in which they run.</param>
public sealed record SpendingPlan(IReadOnlyList<SpendingStage> Stages)
{
    /// <summary>
    /// Whether the one stage is a root's first turn; its <see cref="SpendingStage.MaxCalls"/> are all turns. Its programs are not known
    /// yet.
    /// </summary>
    public bool IsRoot { get; init; }

    /// <summary>
    /// Whether every stage has numbers; what <see cref="SpendingCertainty.NotKnown"/> stages spend comes on top of the sums here.
    /// </summary>
    public bool IsComplete => Stages.All(stage => stage.Certainty != SpendingCertainty.NotKnown);

    /// <summary>Whether the numbers of every stage are exact.</summary>
    public bool IsExact => Stages.All(stage => stage.Certainty == SpendingCertainty.Exactly);

    /// <summary>Calls, re-asks left out but those about replies that are there already and are of no use.</summary>
    public long Calls => Stages.Sum(stage => stage.Calls);

    /// <summary>Calls with every re-ask that there may be.</summary>
    public long MaxCalls => Stages.Sum(stage => stage.MaxCalls);

    /// <summary>Tokens of the prompts of <see cref="Calls"/>, estimated.</summary>
    public long InputTokens => Stages.Sum(stage => stage.InputTokens);

    /// <summary>Tokens of their replies at most.</summary>
    public long OutputTokens => Stages.Sum(stage => stage.OutputTokens);

    /// <summary>US dollars of that at most; null where nobody knows a price.</summary>
    public decimal? CostUsd => SumOf(stage => stage.CostUsd);

    /// <summary>The same with every re-ask.</summary>
    public decimal? MaxCostUsd => SumOf(stage => stage.MaxCostUsd);

    /// <summary>Why the limits refuse a stage for certain, in one line; null where they do not.</summary>
    public string? Refusal { get; init; }

    /// <summary>Which limits may be reached, one line each.</summary>
    public IReadOnlyList<string> Concerns { get; init; } = [];

    /// <summary>The tools that write and that the program calls, by name, each once. A plan calls no tool.</summary>
    public IReadOnlyList<string> Writes { get; init; } = [];

    /// <summary>What will stop the program, such as an assertion that does not hold; null for nothing that is known yet.</summary>
    public Diagnostic? StopsAt { get; init; }

    /// <summary>The sum over the stages that have numbers; null where one of them has no price.</summary>
    private decimal? SumOf(Func<SpendingStage, decimal?> cost) =>
        Stages.Where(stage => stage.Certainty != SpendingCertainty.NotKnown).Aggregate((decimal?)0, (sum, stage) => sum + cost(stage));
}
