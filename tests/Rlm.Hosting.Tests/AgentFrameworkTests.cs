using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Tests;

internal sealed class AgentFrameworkTests
{
    [Test]
    public async Task RunAsync_Session_RemembersWhatWasSaid()
    {
        using var model = Model();
        var agent = Agent(model);
        var session = await agent.CreateSessionAsync();

        var first = await agent.RunAsync("How many lines?", session);
        session = await agent.DeserializeSessionAsync(await agent.SerializeSessionAsync(session));
        await agent.RunAsync("And why?", session);

        Assert.That((first.Text, first.AgentId, first.FinishReason), Is.EqualTo(("2", agent.Id, ChatFinishReason.Stop)));
        Assert.That(first.AdditionalProperties![RlmProperties.Steps], Is.EqualTo(1));
        Assert.That(model.Calls[1].LastText, Does.Contain("user: How many lines?\nassistant: 2\nuser: And why?"));
    }

    [Test]
    public async Task RunStreamingAsync_Updates_AreProgressAndTheAnswer()
    {
        using var model = Model();
        var updates = new List<AgentResponseUpdate>();

        await foreach (var update in Agent(model).RunStreamingAsync("How many lines?"))
            updates.Add(update);

        Assert.That(updates.ToAgentResponse().Text, Is.EqualTo("2"));
        Assert.That(updates, Has.Count.GreaterThan(3));
    }

    [Test]
    public async Task RunAsync_NoAnswer_ThrowsAndIsNotRemembered()
    {
        using var model = new ScriptedChatClient(_ => "no idea");
        var agent = Agent(model);
        var session = await agent.CreateSessionAsync();

        Assert.That(async () => await agent.RunAsync("How many lines?", session), Throws.TypeOf<RlmAnswerException>());
        Assert.That(session.StateBag.Count, Is.Zero);
    }

    [Test]
    public void RunAsync_Image_IsRefused()
    {
        using var model = Model();
        var message = new ChatMessage(ChatRole.User, [new DataContent(new byte[] { 1 }, "image/png")]);

        Assert.That(async () => await Agent(model).RunAsync(message), Throws.TypeOf<NotSupportedException>().With.Message.Contains("DataContent"));
    }

    private static ScriptedChatClient Model() => new(_ => RlmChatClientTests.Fenced("answer notes | lines | count"));

    private static AIAgent Agent(IChatClient model) => new RlmAgent(model, options: new RlmOptions { DirectTokens = 0 })
        .AsAIAgent([RlmVariable.Text("notes", TextSource.FromString("a\nb"))], "notes", "Answers from the notes.");
}
