using System.Text.Json;
using Microsoft.Extensions.AI;
using static Rlm.Runtime.Tests.Root.RootRun;

namespace Rlm.Runtime.Tests;

/// <summary>What a host may set, see and change of what models are asked.</summary>
internal sealed class PromptHookTests
{
    private const string Program = "answer context | lines | map llm \"How long?\"";

    [Test]
    public async Task ChatOptions_OfRootAndSub_AreSentToEach()
    {
        var (root, sub) = (new ScriptedChatClient(Fenced(Program)), new ScriptedChatClient(_ => "short"));
        var options = Programs with
        {
            RootChatOptions = new ChatOptions { Temperature = 0.7f },
            SubChatOptions = new ChatOptions { Temperature = 0, MaxOutputTokens = 50, ModelId = "small" },
        };

        var result = await new RlmAgent(root, sub, options).AskAsync("How long?", TextSource.FromString("a\nb"));

        Assert.That(result.Answer, Is.EqualTo("short\nshort"));
        Assert.That((root.Calls[0].Options!.Temperature, root.Calls[0].Options!.MaxOutputTokens), Is.EqualTo((0.7f, 4_096)));
        Assert.That(
            sub.Calls.Select(call => (call.Options!.Temperature, call.Options.MaxOutputTokens, call.Options.ModelId)),
            Is.All.EqualTo(((float?)0, (int?)50, "small")));
    }

    [Test]
    public async Task ChatOptions_OfAModelByName_AreSentToItAlone()
    {
        ScriptedChatClient sub = new(_ => "s"), large = new(_ => "l"), plain = new(_ => "p");
        var options = new RlmOptions
        {
            Models = new Dictionary<string, IChatClient> { ["large"] = large, ["plain"] = plain },
            SubChatOptions = new ChatOptions { Temperature = 0, ModelId = "small" },
            ModelChatOptions = new Dictionary<string, ChatOptions> { ["large"] = new() { Temperature = 0.7f, MaxOutputTokens = 60 } },
        };

        var run = await ProgramRun.RunAsync(
            "let s = llm \"A?\"\nlet l = llm \"A?\" with model \"large\"\nlet p = llm \"A?\" with model \"plain\"\nanswer \"{s}{l}{p}\"",
            "a", sub, options);

        Assert.That(run.Answer, Is.EqualTo("slp"));
        Assert.That(Sent(sub), Is.EqualTo(((float?)0, "small", 4_096)));
        Assert.That(Sent(large), Is.EqualTo(((float?)0.7f, (string?)null, 60)));
        Assert.That(Sent(plain), Is.EqualTo(((float?)0, (string?)null, 4_096)));

        static (float?, string?, int?) Sent(ScriptedChatClient client) =>
            client.Calls[0].Options is { } sent ? (sent.Temperature, sent.ModelId, sent.MaxOutputTokens) : default;
    }

    [Test]
    public async Task SubChatOptions_Others_MakeOtherCalls()
    {
        var sub = new ScriptedChatClient(call => $"{call.Options!.Temperature ?? 1}");
        var session = new RlmSession(sub, [RlmVariable.Text("context", TextSource.FromString("a"))]);

        var first = await session.RunAsync("answer context | llm \"?\"");
        var same = await session.RunAsync("answer context | llm \"?\"");
        var other = await new RlmSession(
            sub, [RlmVariable.Text("context", TextSource.FromString("a"))], new RlmOptions { SubChatOptions = new ChatOptions { Temperature = 0 } })
            .RunAsync("answer context | llm \"?\"");

        Assert.That((first.Answer, same.Answer, other.Answer, sub.CallCount), Is.EqualTo(("1", "1", "0", 2)));
    }

    [Test]
    public async Task OnPrompt_OtherMessages_AreSent()
    {
        var (root, sub) = (new ScriptedChatClient(Fenced(Program)), new ScriptedChatClient(_ => "short"));
        var options = Programs with
        {
            OnRootPrompt = messages => [.. messages, new ChatMessage(ChatRole.User, "Be brief.")],
            OnSubPrompt = messages => [.. messages.Select(message => new ChatMessage(message.Role, message.Text.Replace("How long", "How tall", StringComparison.Ordinal)))],
        };

        await new RlmAgent(root, sub, options).AskAsync("How long?", TextSource.FromString("a\nb"));

        Assert.That(root.Calls[0].LastText, Is.EqualTo("Be brief."));
        Assert.That(sub.Calls.Select(call => call.AllText), Is.All.Contains("How tall?"));
        Assert.That(sub.Calls.Select(call => call.AllText), Has.None.Contains("How long?"));
    }

    [Test]
    public async Task OnObservation_Text_IsToldToTheRoot()
    {
        var root = new ScriptedChatClient(Fenced("context | lines | count"), Fenced("answer \"2\""));
        var steps = new List<RlmStep>();

        var run = await AskAsync(root, "a\nb", Programs with
        {
            OnObservation = step =>
            {
                steps.Add(step);
                return $"The host says: turn {step.Number} was seen.";
            },
        });

        Assert.That(root.Calls[1].LastText, Does.Contain("number\n2").And.Contain("The host says: turn 1 was seen."));
        Assert.That(steps.Select(step => step.Number), Is.EqualTo(new[] { 1 }));
        Assert.That(run.Observations[0], Does.EndWith("The host says: turn 1 was seen."));
    }

    [Test]
    public async Task PromptEvents_Wanted_TellEachPromptWithItsModel()
    {
        var (root, sub) = (new ScriptedChatClient(Fenced(Program)), new ScriptedChatClient(_ => "short"));

        var run = await AskAsync(root, "a\nb", Programs with { PromptEvents = true }, sub);
        var quiet = await AskAsync(new ScriptedChatClient(Fenced(Program)), "a\nb", Programs, sub);

        var sent = run.Events.OfType<PromptSent>().ToList();
        Assert.That(sent.Select(prompt => prompt.Model), Is.EqualTo(new[] { "root", "sub", "sub" }));
        Assert.That(sent[0].Messages[^1].Text, Does.Contain("<variables>\ncontext: text"));
        Assert.That(sent.Skip(1).Select(prompt => prompt.Messages[^1].Text), Is.EquivalentTo(sub.Calls.Take(2).Select(call => call.LastText)));
        Assert.That(quiet.Events.OfType<PromptSent>(), Is.Empty);
    }

    [Test]
    public async Task ToolCalls_AreEvents()
    {
        var root = new ScriptedChatClient(Fenced("answer context | lines | where it != \"bad\" | map lookup(it)\n"), Fenced("answer \"x\""));

        var run = await AskAsync(root, "a\nworse", Programs with { Tools = [new Lookup()] });

        Assert.That(
            run.Events.OfType<ToolCalled>().Select(call => (call.Tool, call.Arguments[0]!.Value.GetString(), call.Result?.GetString(), call.Failure)),
            Is.SupersetOf(new[] { ("lookup", "a", "A", (string?)null), ("lookup", "worse", null, "it is worse") }));
    }

    private sealed class Lookup : RlmTool
    {
        public override string Name => "lookup";

        public override string Description => "Looks a word up.";

        public override IReadOnlyList<RlmToolParameter> Parameters => [new("word", "text")];

        public override string ResultType => "text";

        public override ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken) =>
            arguments[0]!.Value.GetString() is "worse"
                ? throw new InvalidOperationException("it is worse")
                : new(JsonDocument.Parse($"\"{arguments[0]!.Value.GetString()!.ToUpperInvariant()}\"").RootElement);
    }
}
