using Microsoft.Extensions.AI;
using Rlm.Runtime.Tests.Models;

namespace Rlm.Runtime.Tests.Execution;

/// <summary>Options that cannot be held to are refused by name before anything runs, by an agent and by a session alike.</summary>
internal sealed class OptionRulesTests
{
    /// <summary>Options of which each value is as good as another.</summary>
    private static readonly string[] Free =
    [
        "Budget", "Confirm", "ConfirmToolCall", "InstructionsBefore", "Instructions", "CallEvents",
        "PromptEvents", "OnStep", "OnObservation", "OnRootPrompt", "OnSubPrompt", "Strict", "Journal", "Parts",
    ];

    private static readonly (string Option, RlmOptions Options)[] Refused =
    [
        ("MaxCalls", new() { MaxCalls = -1 }),
        ("SampleItems", new() { SampleItems = 0 }),
        ("TableColumns", new() { TableColumns = 19 }),
        ("Formats", new() { Formats = null! }),
        ("Formats", new() { Formats = [(RlmFormat)9] }),
        ("MaxSteps", new() { MaxSteps = 0 }),
        ("MaxDepth", new() { MaxDepth = -1 }),
        ("MaxTokens", new() { MaxTokens = -5 }),
        ("MaxTokens", new() { MaxTokens = 0 }),
        ("MaxInputTokens", new() { MaxInputTokens = -1 }),
        ("MaxOutputTokens", new() { MaxOutputTokens = 0 }),
        ("MaxCostUsd", new() { MaxCostUsd = -0.1m, Price = new TokenPrice(1, 1) }),
        ("MaxCostUsd", new() { MaxCostUsd = 1 }),
        ("Price", new() { Price = new TokenPrice(-1, 1) }),
        ("Prices", new() { Prices = null! }),
        ("Prices[\"m\"]", new() { Prices = new Dictionary<string, TokenPrice> { ["m"] = new(1, -1) } }),
        ("Prices[\"m\"]", new() { Prices = new Dictionary<string, TokenPrice> { ["m"] = null! } }),
        ("Price.LongPrompt", new() { Price = new TokenPrice(1, 1) { LongPrompt = new TokenPrice(-1, 1), LongPromptTokens = 10 } }),
        ("Timeout", new() { Timeout = TimeSpan.Zero }),
        ("Timeout", new() { Timeout = TimeSpan.FromSeconds(-1) }),
        ("Timeout", new() { Timeout = TimeSpan.MaxValue }),
        ("TimeSpent", new() { TimeSpent = TimeSpan.FromSeconds(-1) }),
        ("UsageBefore", new() { UsageBefore = new RlmUsage { OutputTokens = -1 } }),
        ("UsageBefore", new() { UsageBefore = new RlmUsage { CostUsd = -0.1m } }),
        ("MaxMemoryBytes", new() { MaxMemoryBytes = 0 }),
        ("Parallel", new() { Parallel = -3 }),
        ("Parallel", new() { Parallel = 0 }),
        ("RequestsPerMinute", new() { RequestsPerMinute = 0 }),
        ("TokensPerMinute", new() { TokensPerMinute = -1 }),
        ("DirectTokens", new() { DirectTokens = -1 }),
        ("MaxShownChars", new() { MaxShownChars = 299 }),
        ("MaxAnswerChars", new() { MaxAnswerChars = 299 }),
        ("Tools", new() { Tools = null! }),
        ("Tools", new() { Tools = [null!] }),
        ("Models", new() { Models = null! }),
        ("Models[\"m\"]", new() { Models = new Dictionary<string, IChatClient> { ["m"] = null! } }),
        ("RootChatOptions.ResponseFormat", new() { RootChatOptions = new ChatOptions { ResponseFormat = ChatResponseFormat.Json } }),
        ("SubChatOptions.ConversationId", new() { SubChatOptions = new ChatOptions { ConversationId = "c" } }),
        ("SubChatOptions.MaxOutputTokens", new() { SubChatOptions = new ChatOptions { MaxOutputTokens = 0 } }),
        ("Models[\"root\"]", new() { Models = Named("root") }),
        ("Models[\"sub\"]", new() { Models = Named("sub") }),
        ("ModelChatOptions", new() { ModelChatOptions = null! }),
        ("ModelChatOptions[\"m\"]", new() { ModelChatOptions = Chat(new ChatOptions()) }),
        ("ModelChatOptions[\"m\"]", new() { Models = Named("m"), ModelChatOptions = Chat(null!) }),
        ("ModelChatOptions[\"m\"].MaxOutputTokens", new() { Models = Named("m"), ModelChatOptions = Chat(new ChatOptions { MaxOutputTokens = 0 }) }),
        ("ModelChatOptions[\"m\"].ResponseFormat",
            new() { Models = Named("m"), ModelChatOptions = Chat(new ChatOptions { ResponseFormat = ChatResponseFormat.Json }) }),
        ("Verbosity", new() { Verbosity = (RlmVerbosity)9 }),
        ("OptionNames", new() { OptionNames = null! }),
        ("TimeProvider", new() { TimeProvider = null! }),
    ];

    [TestCaseSource(nameof(Refused))]
    public void Options_ThatCannotBeHeldTo_AreRefusedByName((string Option, RlmOptions Options) refused)
    {
        foreach (var make in new Action[]
        {
            () => _ = new RlmAgent(new ScriptedChatClient(), options: refused.Options),
            () => _ = new RlmSession(new ScriptedChatClient(), [], refused.Options),
        })
        {
            var exception = Assert.Catch<ArgumentException>(() => make());
            Assert.That(exception!.ParamName, Is.EqualTo($"options.{refused.Option}"));
        }
    }

    private static readonly (string Option, ModelClientOptions Options)[] RefusedOfClients =
    [
        ("Timeout", new() { Timeout = TimeSpan.Zero }),
        ("Timeout", new() { Timeout = TimeSpan.MaxValue }),
        ("FirstDelay", new() { FirstDelay = TimeSpan.FromSeconds(-1) }),
        ("MaxDelay", new() { MaxDelay = TimeSpan.FromSeconds(-1) }),
        ("MaxRetryAfter", new() { MaxRetryAfter = TimeSpan.FromSeconds(-1) }),
        ("MaxAttempts", new() { MaxAttempts = 0 }),
        ("MaxReplyBytes", new() { MaxReplyBytes = 0 }),
        ("TimeProvider", new() { TimeProvider = null! }),
    ];

    [TestCaseSource(nameof(RefusedOfClients))]
    public void ClientOptions_ThatCannotBeHeldTo_AreRefusedByName((string Option, ModelClientOptions Options) refused)
    {
        foreach (var provider in ModelProvider.All)
        {
            var exception = Assert.Catch<ArgumentException>(() =>
                new ModelEndpoint(provider, provider.Url, "m").CreateClient(ModelClients.Http, refused.Options));
            Assert.That(exception!.ParamName, Is.EqualTo($"options.{refused.Option}"));
        }
    }

    [Test]
    public void ClientOptions_Each_HasARuleOrNeedsNone() => Assert.That(
        RefusedOfClients.Select(refused => refused.Option).Append(nameof(ModelClientOptions.Traits)).Distinct(),
        Is.EquivalentTo(typeof(ModelClientOptions).GetProperties().Where(property => property.SetMethod is not null).Select(property => property.Name)));

    [Test]
    public void Options_Each_HasARuleOrNeedsNone()
    {
        var options = typeof(RlmOptions).GetProperties().Where(property => property.SetMethod is not null).Select(property => property.Name);
        var known = Free.Concat(Refused.Select(refused => refused.Option.Split('[', '.')[0])).Distinct();

        Assert.That(known, Is.EquivalentTo(options));
    }

    private static Dictionary<string, IChatClient> Named(string name) => new() { [name] = new ScriptedChatClient() };

    private static Dictionary<string, ChatOptions> Chat(ChatOptions options) => new() { ["m"] = options };

    [Test]
    public void Options_OfDefaults_AreTaken() => Assert.That(() => new RlmAgent(new ScriptedChatClient()), Throws.Nothing);
}
