using Microsoft.Extensions.AI;
using Rlm.Runtime.Evaluation.Functions;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Execution;

/// <summary>What each option may be. All are looked at before anything runs, and what is refused is named.</summary>
internal static class OptionRules
{
    /// <param name="options">The options.</param>
    /// <param name="laterModels">Names of models that are added to them before a run; null for none.</param>
    /// <exception cref="ArgumentException">An option cannot be held to.</exception>
    public static void Require(RlmOptions options, IReadOnlyCollection<string>? laterModels = null)
    {
        RequireAtLeast(options.MaxCalls, 0, nameof(RlmOptions.MaxCalls));
        RequireAtLeast(options.MaxSteps, 1, nameof(RlmOptions.MaxSteps));
        RequireAtLeast(options.MaxDepth, 0, nameof(RlmOptions.MaxDepth));
        RequireAtLeast(options.SampleItems, 1, nameof(RlmOptions.SampleItems));
        RequireAtLeast(options.TableColumns, 20, nameof(RlmOptions.TableColumns));
        RequireAtLeast(options.MaxTokens, 1, nameof(RlmOptions.MaxTokens));
        RequireAtLeast(options.MaxInputTokens, 1, nameof(RlmOptions.MaxInputTokens));
        RequireAtLeast(options.MaxOutputTokens, 1, nameof(RlmOptions.MaxOutputTokens));
        RequireAtLeast(options.Parallel, 1, nameof(RlmOptions.Parallel));
        RequireAtLeast(options.RequestsPerMinute, 1, nameof(RlmOptions.RequestsPerMinute));
        RequireAtLeast(options.TokensPerMinute, 1, nameof(RlmOptions.TokensPerMinute));
        RequireAtLeast(options.MaxMemoryBytes, 1, nameof(RlmOptions.MaxMemoryBytes));
        RequireAtLeast(options.DirectTokens, 0, nameof(RlmOptions.DirectTokens));
        RequireAtLeast(options.MaxShownChars, 300, nameof(RlmOptions.MaxShownChars));
        RequireAtLeast(options.MaxAnswerChars, 300, nameof(RlmOptions.MaxAnswerChars));
        RequireTimes(options);
        RequirePrices(options);
        RequireModels(options, laterModels ?? []);
        RequireParts(options);
        RequireThere(options.Formats, nameof(RlmOptions.Formats));
        if (!options.Formats.All(Enum.IsDefined))
            throw new ArgumentOutOfRangeException(Name(nameof(RlmOptions.Formats)), options.Formats, "One is none of the forms.");
        if (!Enum.IsDefined(options.Verbosity))
            throw new ArgumentOutOfRangeException(Name(nameof(RlmOptions.Verbosity)), options.Verbosity, "It is none of the levels.");
    }

    private static void RequireTimes(RlmOptions options)
    {
        if (options.Timeout is { } timeout && (timeout <= TimeSpan.Zero || timeout.TotalMilliseconds > uint.MaxValue - 1))
            throw new ArgumentOutOfRangeException(
                Name(nameof(RlmOptions.Timeout)), timeout, "A time limit is above zero and below 49 days; null is for none.");
        if (options.TimeSpent < TimeSpan.Zero)
            throw new ArgumentOutOfRangeException(Name(nameof(RlmOptions.TimeSpent)), options.TimeSpent, "Time that was spent is not negative.");
    }

    private static void RequirePrices(RlmOptions options)
    {
        RequireThere(options.Prices, nameof(RlmOptions.Prices));
        foreach (var (model, price) in options.Prices)
            RequirePrice(price, $"{nameof(RlmOptions.Prices)}[\"{model}\"]");
        if (options.Price is { } known)
            RequirePrice(known, nameof(RlmOptions.Price));
        if (options.MaxCostUsd is < 0)
            throw new ArgumentOutOfRangeException(Name(nameof(RlmOptions.MaxCostUsd)), options.MaxCostUsd, "Money is not negative.");
        if (options.UsageBefore is { InputTokens: < 0 } or { OutputTokens: < 0 } or { CostUsd: < 0 })
            throw new ArgumentOutOfRangeException(Name(nameof(RlmOptions.UsageBefore)), options.UsageBefore, "What was used is not negative.");
        if (options.MaxCostUsd is not null && options.Price is null && options.Prices.Count == 0)
            throw new ArgumentException(
                $"A limit of money needs a price: set {nameof(RlmOptions.Price)}, or {nameof(RlmOptions.Prices)} as `PriceTable.Read` gives them.",
                Name(nameof(RlmOptions.MaxCostUsd)));
    }

    private static void RequirePrice(TokenPrice? price, string name)
    {
        if (price is null)
            throw new ArgumentNullException(Name(name));
        if (price.InputUsd < 0 || price.OutputUsd < 0 || price.CachedInputUsd < 0 || price.CacheWriteUsd < 0)
            throw new ArgumentOutOfRangeException(Name(name), price, "A price is not negative.");
        if (price.LongPrompt is { } dearer)
            RequirePrice(dearer, $"{name}.{nameof(TokenPrice.LongPrompt)}");
    }

    private static void RequireParts(RlmOptions options)
    {
        RequireThere(options.OptionNames, nameof(RlmOptions.OptionNames));
        RequireThere(options.TimeProvider, nameof(RlmOptions.TimeProvider));
        RequireThere(options.Tools, nameof(RlmOptions.Tools));
        foreach (var tool in options.Tools)
            RequireThere(tool, nameof(RlmOptions.Tools));
        ToolSignature.Check(options.Tools);
    }

    private static void RequireModels(RlmOptions options, IReadOnlyCollection<string> laterModels)
    {
        RequireThere(options.Models, nameof(RlmOptions.Models));
        foreach (var (name, model) in options.Models)
            RequireThere(model, $"{nameof(RlmOptions.Models)}[\"{name}\"]");
        HashSet<string> names = [.. options.Models.Keys, .. laterModels];
        if (names.FirstOrDefault(static name => name is ModelCaller.Root or ModelCaller.Sub) is { } own)
            throw new ArgumentException(
                $"`{own}` is what a run calls its own model: take another name.", Name($"{nameof(RlmOptions.Models)}[\"{own}\"]"));

        RequireChat(options.RootChatOptions, nameof(RlmOptions.RootChatOptions));
        RequireChat(options.SubChatOptions, nameof(RlmOptions.SubChatOptions));
        RequireThere(options.ModelChatOptions, nameof(RlmOptions.ModelChatOptions));
        foreach (var (name, chat) in options.ModelChatOptions)
        {
            string option = $"{nameof(RlmOptions.ModelChatOptions)}[\"{name}\"]";
            RequireThere(chat, option);
            RequireChat(chat, option);
            if (!names.Contains(name))
                throw new ArgumentException($"There is no model `{name}` among `{nameof(RlmOptions.Models)}`, which `with model` could name.", Name(option));
        }
    }

    private static void RequireChat(ChatOptions? chat, string name)
    {
        string? refused = chat switch
        {
            { Tools.Count: > 0 } => nameof(ChatOptions.Tools),
            { ResponseFormat: not null } => nameof(ChatOptions.ResponseFormat),
            { ConversationId: not null } => nameof(ChatOptions.ConversationId),
            _ => null,
        };
        if (refused is not null)
            throw new ArgumentException($"`{refused}` is what a run decides: leave it out.", Name($"{name}.{refused}"));
        RequireAtLeast(chat?.MaxOutputTokens, 1, $"{name}.{nameof(ChatOptions.MaxOutputTokens)}");
    }

    private static void RequireAtLeast(long? value, long least, string name)
    {
        if (value < least)
            throw new ArgumentOutOfRangeException(Name(name), value, Invariant($"It is at least {least}."));
    }

    private static void RequireThere(object? value, string name) => ArgumentNullException.ThrowIfNull(value, Name(name));

    private static string Name(string option) => $"options.{option}";
}
