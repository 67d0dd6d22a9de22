using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Models;

/// <summary>An option is sent or refused by its name, never dropped.</summary>
internal sealed class UnsentOptionsTests
{
    /// <summary>Options that say nothing to a client without tools, and Anthropic's missing seed.</summary>
    private static readonly string[] Void = ["AllowMultipleToolCalls", "AllowBackgroundResponses", "ContinuationToken"];

    private static readonly (string Option, ChatOptions Options)[] Set =
    [
        ("ConversationId", new() { ConversationId = "a" }),
        ("RawRepresentationFactory", new() { RawRepresentationFactory = _ => null }),
        ("Reasoning", new() { Reasoning = new() { Effort = ReasoningEffort.Low } }),
        ("Reasoning", new() { Reasoning = new() { Output = ReasoningOutput.Full } }),
        ("ToolMode", new() { ToolMode = ChatToolMode.RequireAny }),
        ("Tools", new() { Tools = [AIFunctionFactory.Create(() => 1, "one")] }),
        ("ResponseFormat", new() { ResponseFormat = ChatResponseFormat.Json }),
        ("AdditionalProperties", new() { AdditionalProperties = new() { ["sent"] = "AdditionalProperties" } }),
        ("TopK", new() { TopK = 7 }),
        ("TopP", new() { TopP = 0.5f }),
        ("Temperature", new() { Temperature = 0.5f }),
        ("FrequencyPenalty", new() { FrequencyPenalty = 0.5f }),
        ("PresencePenalty", new() { PresencePenalty = 0.5f }),
        ("MaxOutputTokens", new() { MaxOutputTokens = 50 }),
        ("StopSequences", new() { StopSequences = ["END"] }),
        ("Instructions", new() { Instructions = "Be brief." }),
        ("ModelId", new() { ModelId = "another" }),
        ("Seed", new() { Seed = 7 }),
    ];

    [Test]
    public async Task GetResponse_OneOption_IsSentOrRefused([ValueSource(nameof(Set))] (string Option, ChatOptions Options) set, [Values] bool isOpenAi)
    {
        if (set.Option == "Seed" && !isOpenAi)
            Assert.Ignore("Anthropic's protocol has no seed, which the client's documentation says.");
        await using var server = new LoopbackModelServer(_ => "yes");
        using var client = ModelClients.Connect(server, isOpenAi ? ModelProvider.OpenAi : ModelProvider.Anthropic);

        string? refusal = null;
        try
        {
            await client.GetResponseAsync([new(ChatRole.User, "Why?")], set.Options);
        }
        catch (NotSupportedException exception)
        {
            refusal = exception.Message;
        }

        if (refusal is not null)
        {
            Assert.That(refusal, Does.Contain(set.Option).IgnoreCase.Or.Contain("tools"));
            return;
        }

        await client.GetResponseAsync([new(ChatRole.User, "Why?")]);
        Assert.That(server.Received[0].Body, Is.Not.EqualTo(server.Received[1].Body));
    }

    [Test]
    public void ChatOptions_EachProperty_IsTriedHere() => Assert.That(
        Set.Select(set => set.Option).Concat(Void).Distinct(),
        Is.EquivalentTo(typeof(ChatOptions).GetProperties().Where(property => property.CanWrite).Select(property => property.Name)));
}
