using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests.Models;

/// <summary>Agents over models by name, over real HTTP.</summary>
internal sealed class RlmAgentsTests
{
    [Test]
    public async Task Make_TwoNames_AsksEachModelWhereItIs()
    {
        await using var server = new LoopbackModelServer(request =>
            request.Model == "gpt-big" ? RootRun.Fenced("answer context | lines | map llm \"{it}?\" | join \",\"") : "yes");
        var agent = RlmAgents.Make("gpt-big", "gpt-small", RootRun.Programs with { MaxCalls = 2 }, Environment(server), ModelClients.Http);

        var result = await agent.AskAsync("?", TextSource.FromString("a\nb"));

        Assert.That((result.Answer, result.Usage.Calls, result.Usage.CallsLeft), Is.EqualTo(("yes,yes", 2, 0)));
        Assert.That(server.Received.Select(request => request.Model), Is.EqualTo(new[] { "gpt-big", "gpt-small", "gpt-small" }));
    }

    [Test]
    public async Task Make_OneName_IsRootAndSub()
    {
        await using var server = new LoopbackModelServer(request =>
            request.System.Contains("rlm", StringComparison.Ordinal) ? RootRun.Fenced("answer context | llm \"?\"") : "yes");
        var agent = RlmAgents.Make("gpt-big", null, RootRun.Programs, Environment(server), ModelClients.Http);

        Assert.That((await agent.AskAsync("?", TextSource.FromString("a"))).Answer, Is.EqualTo("yes"));
        Assert.That(server.Received.Select(request => request.Model), Is.All.EqualTo("gpt-big"));
    }

    [Test]
    public void Make_NothingSaysWhere_IsRefused()
    {
        var failure = Assert.Throws<ModelException>(
            () => RlmAgents.Make("gpt-big", null, new RlmOptions(), _ => null, ModelClients.Http));

        Assert.That((failure!.Failure, failure.Message), Is.EqualTo((
            ModelFailure.NotChosen,
            "Nothing says where the model `gpt-big` is: set OPENAI_API_KEY or ANTHROPIC_API_KEY, or OPENAI_BASE_URL for another server.")));
        Assert.That(
            () => RlmAgents.Make("offline", null, new RlmOptions(), _ => null, ModelClients.Http),
            Throws.InstanceOf<ModelException>().With.Message.Contains("OfflineChatClient"));
        Assert.That(
            () => RlmAgents.Make(" ", null, new RlmOptions(), _ => null, ModelClients.Http), Throws.InstanceOf<ArgumentException>());
    }

    private static Func<string, string?> Environment(LoopbackModelServer server) =>
        name => name == "OPENAI_BASE_URL" ? server.OpenAiUrl.ToString() : name == "OPENAI_API_KEY" ? ModelClients.Key : null;
}
