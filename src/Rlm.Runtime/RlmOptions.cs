using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Answers;
using Rlm.Runtime.Budget;

namespace Rlm;

/// <summary>Limits and settings of a run. Tokens, money, time and memory bound the root and all sub-calls together.</summary>
public sealed partial record RlmOptions
{
    /// <summary>
    /// Most sub-calls of a run, those of paid stages, with the turns of roots that these ask; the turns of the run's own root are none.
    /// Default 400; 0 for free programs alone.
    /// </summary>
    public int MaxCalls { get; init; } = 400;

    /// <summary>
    /// Sub-calls that any number of runs, agents and sessions share: each run takes its own from there too, at most
    /// <see cref="MaxCalls"/>. Null, the default, for none but the run's own.
    /// </summary>
    public CallBudget? Budget { get; init; }

    /// <summary>
    /// How many items of its list a paid stage asks about, so that what a program would give and cost is seen before it is paid for; packed
    /// rows are taken by whole packs. The answer is partial (<see cref="RlmLossKind.Sampled"/>), and notes tell what all items would take.
    /// A journal holds the replies for the full run. Null, the default, for all; at least 1. Ignored by agents, whose programs are a root's.
    /// </summary>
    public int? SampleItems { get; init; }

    /// <summary>
    /// Forms in which the values that a program shows and the answer are written besides Markdown, for <see cref="ValueShown.Write"/> and
    /// <see cref="RlmResult.Write"/>. They are written while the run goes on, as its values are read from the contexts. Default none.
    /// </summary>
    public IReadOnlyList<RlmFormat> Formats { get; init; } = [];

    /// <summary>
    /// Most columns of a terminal that a line of <see cref="RlmFormat.Table"/> takes; the widest cells are cut then, with `…`. Null, the
    /// default, for no limit; at least 20.
    /// </summary>
    public int? TableColumns { get; init; }

    /// <summary>Most root turns, a reply without a program included. Default 20; at least 1.</summary>
    public int MaxSteps { get; init; } = 20;

    /// <summary>
    /// How deep roots of <c>rlm</c> may be: the run's own, or a program by hand, is at 0, a root that it asks at 1. Default 1; 0 for none.
    /// Below that a program with <c>rlm</c> is refused. Each root has <see cref="MaxSteps"/> turns, which but for the run's own are sub-calls.
    /// </summary>
    public int MaxDepth { get; init; } = 1;

    /// <summary>
    /// Most tokens, in and out together. Null for no limit. A call reserves its prompt, whose tokens are estimated, and its longest reply
    /// before it is made; the last call is allowed a shorter reply, and one that would be too short is not made.
    /// </summary>
    public long? MaxTokens { get; init; }

    /// <summary>Most prompt tokens, reserved as for <see cref="MaxTokens"/>. Null for no limit.</summary>
    public long? MaxInputTokens { get; init; }

    /// <summary>Most reply tokens, reserved as for <see cref="MaxTokens"/>. Null for no limit.</summary>
    public long? MaxOutputTokens { get; init; }

    /// <summary>
    /// Most US dollars, by <see cref="Prices"/> and <see cref="Price"/>, reserved as for <see cref="MaxTokens"/>. Null for no
    /// limit; refused without any price.
    /// </summary>
    public decimal? MaxCostUsd { get; init; }

    /// <summary>What tokens of a model cost that <see cref="Prices"/> does not have; null when nobody knows.</summary>
    public TokenPrice? Price { get; init; }

    /// <summary>
    /// How much of <see cref="MaxTokens"/>, <see cref="MaxInputTokens"/>, <see cref="MaxOutputTokens"/> and <see cref="MaxCostUsd"/> was
    /// used before the run, as <see cref="CallBudget.Usage"/> tells it of earlier questions. Null, the default, for nothing.
    /// </summary>
    public RlmUsage? UsageBefore { get; init; }

    /// <summary>What was spent before the run.</summary>
    internal Spending SpentBefore => UsageBefore is { } before
        ? new(before.InputTokens, before.OutputTokens, before.CostUsd ?? 0)
        : default;

    /// <summary>
    /// What tokens cost by the model's id, or by its id without the date of a snapshot (<c>-20250929</c>, <c>-2025-08-07</c>). Default
    /// none. A call of a model without a price makes the cost of the run unknown.
    /// </summary>
    public IReadOnlyDictionary<string, TokenPrice> Prices { get; init; } = new Dictionary<string, TokenPrice>();

    /// <summary>The price of a model's tokens, by <see cref="Prices"/> and <see cref="Price"/>; null when nobody knows.</summary>
    /// <param name="model">The model's id; null for one that is not known.</param>
    public TokenPrice? PriceOf(string? model) =>
        model is not null && (Prices.TryGetValue(model, out var price) || Prices.TryGetValue(SnapshotDate.Replace(model, ""), out price))
            ? price
            : Price;

    /// <summary>
    /// Asked before a root's first turn, and once for each program with the plan of the whole of it, before anything of it is spent,
    /// re-asks included: those about replies that a journal holds are told as calls. A program whose replies are all held is not asked
    /// about. A stage whose numbers were not known then, or may be beyond the calls that are left, is asked about when it is reached, and
    /// so is one that needs more than was confirmed. False ends the run with
    /// <see cref="RlmOutcome.LimitReached"/>. Null, the default, spends within the limits.
    /// </summary>
    public Func<SpendingPlan, CancellationToken, ValueTask<bool>>? Confirm { get; init; }

    /// <summary>
    /// Asked before each call of a tool that writes (<see cref="RlmToolEffect.Writes"/>), with the arguments. False makes the item fail,
    /// and not the run. Null, the default, refuses every such call. Tools that read are not asked about.
    /// </summary>
    public Func<RlmToolCall, CancellationToken, ValueTask<bool>>? ConfirmToolCall { get; init; }

    /// <summary>
    /// Most time of a run. Null for no limit. When it is over, calls in flight are cancelled. A paid stage in progress keeps the replies
    /// that it has, its other items fail, and the run may go on for a tenth of the time (5 s at least) to make a partial answer of them;
    /// any other run ends with <see cref="RlmOutcome.LimitReached"/>. A root is told to answer after four fifths of it.
    /// </summary>
    public TimeSpan? Timeout { get; init; }

    /// <summary>
    /// How much of <see cref="Timeout"/> was spent before the run, as on reading its input. Default none; ignored without a timeout.
    /// </summary>
    public TimeSpan TimeSpent { get; init; }

    /// <summary>
    /// Most bytes that the process's heap may grow by while a run goes on. Null, the default, for
    /// <see cref="DefaultMaxMemoryBytes"/>. A run whose lists and texts come to more ends with
    /// <see cref="RlmOutcome.LimitReached"/>; contexts are read from where they lie and do not count.
    /// </summary>
    public long? MaxMemoryBytes { get; init; }

    /// <summary>A quarter of the memory that the process may have, at least 1 GiB.</summary>
    public static long DefaultMaxMemoryBytes => MemoryLimit.DefaultBytes;

    /// <summary>
    /// Most sub-calls at the same time. Default 8; 1 where the client says that it is not thread-safe. Null finds the number while it runs:
    /// more as long as replies come as fast as before, fewer when the provider says that it is too much.
    /// </summary>
    public int? Parallel { get; init; } = 8;

    /// <summary>Most requests in any minute, retries included. Null for no limit. A tenth of them may be made at once.</summary>
    public int? RequestsPerMinute { get; init; }

    /// <summary>Most tokens in a minute, in and out together. Null for no limit. Replies are counted when they have come.</summary>
    public long? TokensPerMinute { get; init; }

    /// <summary>
    /// Inputs below so many tokens go straight to the model in one call, unless the question asks for an aggregate. Default 16,000; 0 for
    /// never.
    /// </summary>
    public int DirectTokens { get; init; } = 16_000;

    /// <summary>
    /// About the most characters of what the values that a turn shows go back to the root as, together; one has a third of them at most.
    /// What is left out is told, and the values stay whole. Default 12,000; at least 300.
    /// </summary>
    public int MaxShownChars { get; init; } = 12_000;

    /// <summary>
    /// The most characters of an answer, and of a shown value's text; null, the default, for no limit. A longer answer ends its program
    /// with an error (RLM5005), a longer value is shown by its preview alone. At least 300. So a program that shows a gigabyte does not
    /// take the temporary file for its text, nor the memory where somebody asks for it as a string.
    /// </summary>
    public int? MaxAnswerChars { get; init; }

    /// <summary>Instructions that stand before the root's system prompt, and before a question that goes straight to the model. Null for
    /// none.</summary>
    public string? InstructionsBefore { get; init; }

    /// <summary>Instructions that stand behind the root's system prompt, and behind a question that goes straight to the model. Null for
    /// none.</summary>
    public string? Instructions { get; init; }

    /// <summary>Functions of the host that programs may call. Default none.</summary>
    public IReadOnlyList<RlmTool> Tools { get; init; } = [];

    /// <summary>
    /// Sub-models by the name that <c>with model</c> gives them. Default none; <c>root</c> and <c>sub</c> are what a run calls the others.
    /// </summary>
    public IReadOnlyDictionary<string, IChatClient> Models { get; init; } =
        new Dictionary<string, IChatClient>();

    /// <summary>
    /// What the root is asked with beside its prompt, such as a temperature or a model's id; <see cref="ChatOptions.MaxOutputTokens"/>
    /// shortens its longest reply. Null, the default, for nothing. Tools and a response format are refused.
    /// </summary>
    public ChatOptions? RootChatOptions { get; init; }

    /// <summary>The same of sub-calls. Calls with other options are other calls, for a journal and for replies that runs share.</summary>
    public ChatOptions? SubChatOptions { get; init; }

    /// <summary>
    /// The same of calls to one of <see cref="Models"/>, by its name, in place of <see cref="SubChatOptions"/>. Default none: those are
    /// asked with <see cref="SubChatOptions"/>, but for its <see cref="ChatOptions.ModelId"/>.
    /// </summary>
    public IReadOnlyDictionary<string, ChatOptions> ModelChatOptions { get; init; } = new Dictionary<string, ChatOptions>();

    /// <summary>
    /// Sees the root's messages before they are counted and sent, and gives those that are sent instead; may be called more than once for
    /// a prompt, and must give the same each time. Null for nobody.
    /// </summary>
    public Func<IReadOnlyList<ChatMessage>, IReadOnlyList<ChatMessage>>? OnRootPrompt { get; init; }

    /// <summary>The same of sub-calls; called from several threads.</summary>
    public Func<IReadOnlyList<ChatMessage>, IReadOnlyList<ChatMessage>>? OnSubPrompt { get; init; }

    /// <summary>
    /// Called with each turn that gave no answer, and gives what is added to its observation; null for nothing. Null for nobody. Roots of
    /// <c>rlm</c> call it from several threads.
    /// </summary>
    public Func<RlmStep, string?>? OnObservation { get; init; }

    /// <summary>
    /// Whether each prompt is an event, <see cref="PromptSent"/>, the root's with its cards. Default false. Ignored where
    /// <see cref="Verbosity"/> asks for less than <see cref="RlmVerbosity.Detailed"/>.
    /// </summary>
    public bool PromptEvents { get; init; }

    /// <summary>Which events a run gives. Default all; the journal always has all.</summary>
    public RlmVerbosity Verbosity { get; init; } = RlmVerbosity.Detailed;

    /// <summary>
    /// Whether each call of a paid stage is an event, <see cref="CallFinished"/>, and each call of a tool, <see cref="ToolCalled"/>.
    /// Default true; false spares a host that shows no progress the waking of its reader at each call. Ignored where
    /// <see cref="Verbosity"/> asks for less.
    /// </summary>
    public bool CallEvents { get; init; } = true;

    /// <summary>Called at the end of each root turn, on the thread of the run; by roots of <c>rlm</c> from several threads. Null for nobody.</summary>
    public Action<RlmStep>? OnStep { get; init; }

    /// <summary>
    /// Whether a partial answer is none: the run ends with <see cref="RlmOutcome.Failed"/>, the reasons and the losses. Default false.
    /// </summary>
    public bool Strict { get; init; }

    /// <summary>Where everything that happens is written, and from where replies are taken again. Null for nowhere.</summary>
    public RlmJournal? Journal { get; init; }

    /// <summary>Parts whose replies a run over <see cref="RlmParts.Variables"/> takes; null, the default, for none.</summary>
    public RlmParts? Parts { get; init; }

    /// <summary>The clock. Default the system's.</summary>
    public TimeProvider TimeProvider { get; init; } = TimeProvider.System;

    /// <summary>
    /// What messages call an option, by the name of its property here, such as <c>--max-calls</c> where people set it so, and
    /// <c>encoding</c> for what a text is read in, and <c>operators</c> for the page that lists the operators. What is not in it is called by its name here. Default none.
    /// </summary>
    public IReadOnlyDictionary<string, string> OptionNames { get; init; } = new Dictionary<string, string>();

    /// <summary>The shape that the answer must have; null for any.</summary>
    internal AnswerShape? Shape { get; init; }

    /// <summary>
    /// Whether stages run in the order in which they are written, all items are asked about, and equal calls are made as often as they are
    /// asked for: what an optimised run is compared with.
    /// </summary>
    internal bool RunsAsWritten { get; init; }

    /// <summary>What helps call the page that lists the operators; null for its own name.</summary>
    internal string? OperatorsPage => OptionNames.GetValueOrDefault("operators");

    /// <summary>What messages call an option.</summary>
    internal string NameOf(string option) => OptionNames.GetValueOrDefault(option) ?? option;

    /// <summary>What is said of programs of a root so deep.</summary>
    internal ProgramRules RulesAt(int depth) => new(Tools)
    {
        Shape = Shape,
        OperatorsPage = OperatorsPage,
        RootsRefused = depth < MaxDepth ? null
            : Invariant($"`rlm` would run a root at depth {depth + 1}, and {MaxDepth} is the deepest ({NameOf(nameof(MaxDepth))})"),
    };

    /// <summary>What one run may take.</summary>
    internal CallBudget CreateRunBudget() => Budget?.CreateLinked(MaxCalls) ?? new CallBudget(MaxCalls);

    /// <summary>Counts what one run spends, for its budget too.</summary>
    internal UsageMeter CreateMeter() => new(Budget?.Meter);

    [GeneratedRegex("-([0-9]{8}|[0-9]{4}-[0-9]{2}-[0-9]{2})$")]
    private static partial Regex SnapshotDate { get; }
}
