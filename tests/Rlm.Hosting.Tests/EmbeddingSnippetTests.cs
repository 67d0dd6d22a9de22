using Microsoft.Agents.AI;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;

namespace Rlm.Hosting.Tests;

/// <summary>Snippets of docs/embedding.md, which stand here as they stand there.</summary>
internal sealed class EmbeddingSnippetTests
{
    [Test]
    public async Task Snippet_ChatClient_Prints()
    {
        using var model = new ScriptedChatClient(RlmChatClientTests.Fenced("answer context | grep /ERROR/ | count"));
        string log = string.Join('\n', Enumerable.Range(0, 2_000).Select(number => Invariant($"{number} {(number % 100 == 0 ? "ERROR" : "INFO")}")));
        var output = new StringWriter();
        await RunAsync(output);

        Assert.That(output.ToString().Trim(), Is.EqualTo("20, stop after 1 turn"));

        async Task RunAsync(StringWriter Console)
        {
            using var chat = model.AsBuilder().UseRlm(options => options.MinTokens = 2_000).Build();
            var response = await chat.GetResponseAsync($"How many lines say ERROR?\n\n{log}");
            Console.WriteLine($"{response.Text}, {response.FinishReason} after {response.AdditionalProperties![RlmProperties.Steps]} turn");
        }
    }

    [Test]
    public async Task Snippet_Container_HasAnAgent()
    {
        using ScriptedChatClient large = new("hello"), small = new();
        var services = new ServiceCollection();

        services.AddKeyedChatClient("large", large);
        services.AddKeyedChatClient("small", small);
        services.AddRlm(options => (options.RootKey, options.SubKey) = ("large", "small"));

        await using var provider = services.BuildServiceProvider();
        var result = await provider.GetRequiredService<IRlmAgent>().AskAsync("What?", TextSource.FromString("x"));
        Assert.That(result.Answer, Is.EqualTo("hello"));
    }

    [Test]
    public async Task Snippet_Functions_AreMade()
    {
        using var model = new ScriptedChatClient(_ => "hello");
        using var notes = TextSource.FromString("x");
        var agent = new RlmAgent(model);
        var function = AIFunctionFactory.Create((string name) => $"hello {name}", "greet");

        AIFunction ask = agent.AsAIFunction([RlmVariable.Text("notes", notes)], "ask_notes", "Answers from the notes.");
        RlmTool tool = function.AsRlmTool();
        AIAgent colleague = agent.AsAIAgent([RlmVariable.Text("notes", notes)], "notes", "Answers from the notes.");

        Assert.That((ask.Name, tool.Name, (await colleague.RunAsync("What?")).Text), Is.EqualTo(("ask_notes", "greet", "hello")));
    }
}
