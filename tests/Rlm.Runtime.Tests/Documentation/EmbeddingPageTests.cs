using System.Runtime.CompilerServices;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.AI;
using static Rlm.Runtime.Tests.Root.RootRun;

namespace Rlm.Runtime.Tests.Documentation;

/// <summary>The snippets of docs/embedding.md, which stand in these tests, or in those of Rlm.Hosting, as they stand there.</summary>
internal sealed partial class EmbeddingPageTests
{
    [Test]
    public void Snippets_OfThePage_AreCodeOfTheseTests()
    {
        string root = Path.Combine(Path.GetDirectoryName(ThisFile())!, "..", "..", "..");
        string code = WithoutIndents(
            File.ReadAllText(ThisFile()) + File.ReadAllText(Path.Combine(root, "tests", "Rlm.Hosting.Tests", "EmbeddingSnippetTests.cs")));
        string page = File.ReadAllText(Path.Combine(root, "docs", "embedding.md"));
        string[] snippets = [.. Fence.Matches(page).Select(match => WithoutIndents(match.Groups["code"].Value).Trim())];

        Assert.That(snippets, Is.Not.Empty);
        Assert.That(snippets.Where(snippet => !code.Contains(snippet, StringComparison.Ordinal)), Is.Empty);
    }

    [TestCase("answer context | extract \"{name} {wins}\" | select name, wins = number(wins)", "2 teams\n")]
    [TestCase("answer \"many\"", "NoAnswer: the steps ran out (1, MaxSteps); the answer is `many`, and must be a list; the answer must be list of {name: text, wins: whole number}\n")]
    public async Task Snippet_AnswerOfAType_Prints(string program, string printed)
    {
        using var text = TextSource.FromString("Reds 12\nBlues 7");
        var agent = new RlmAgent(new ScriptedChatClient(Fenced(program)), options: Programs with { MaxSteps = 1 });
        var output = new Output();
        await RunAsync(output);

        Assert.That(output.Text, Is.EqualTo(printed));

        async Task RunAsync(Output Console)
        {
            var result = await agent.AskAsync("How many wins has each team?", text, Answers.Default.ListTeam);
            if (result.HasValue)
                Console.WriteLine($"{result.Value.Count} teams{(result.IsPartial ? ", not all" : "")}");
            else
                Console.WriteLine($"{result.Outcome}: {string.Join("; ", result.Reasons)}");
        }
    }

    [Test]
    public async Task Snippet_Conversation_Answers()
    {
        using var text = TextSource.FromString("Reds won\nReds lost");
        var root = new ScriptedChatClient(Fenced("let reds = context | grep \"Reds\"\nanswer reds | count"), Fenced("answer reds | last 1"));
        var agent = new RlmAgent(root, options: Programs);

        var conversation = await agent.StartAsync(text);
        var first = await conversation.AskAsync("How many lines are of the Reds?");
        var second = await conversation.AskAsync("And which is the last of them?");

        Assert.That((first.Answer, second.Answer), Is.EqualTo(("2", "Reds lost")));
    }

    [Test]
    public async Task Snippet_Options_AreHeld()
    {
        var large = new ScriptedChatClient();
        var options = new RlmOptions
        {
            SubChatOptions = new ChatOptions { Temperature = 0, MaxOutputTokens = 200 },
            Models = new Dictionary<string, IChatClient> { ["large"] = large },
            ModelChatOptions = new Dictionary<string, ChatOptions> { ["large"] = new() { Temperature = 0.7f } },
            OnRootPrompt = messages => [.. messages, new ChatMessage(ChatRole.User, "Answer in French.")],
            OnObservation = step => step.Number == 1 ? "Totals are in the last line." : null,
            PromptEvents = true,
        };

        var root = new ScriptedChatClient(Fenced("context | lines | count"), Fenced("answer \"deux\""));
        var run = await AskAsync(root, "a\nb", options with { DirectTokens = 0 });

        Assert.That(run.Events.OfType<PromptSent>().Last().Messages[^1].Text, Is.EqualTo("Answer in French."));
        Assert.That(run.Observations[0], Does.EndWith("Totals are in the last line."));
    }

    [Test]
    public async Task Snippet_Schemas_AreKeptTo()
    {
        using var client = new ScriptedChatClient("{\"reply\":\"yes\"}");

        IChatClient keeping = client.WithTraits(new ChatClientTraits { KeepsToSchema = true, WindowTokens = 32_000 });

        var run = await ProgramRun.RunAsync("answer llm \"Is it?\" as one of [\"yes\", \"no\"]", "a", keeping);
        Assert.That((run.Answer, client.Calls[0].Options!.ResponseFormat is ChatResponseFormatJson), Is.EqualTo(("yes", true)));
        Assert.That((keeping.GetService<ScriptedChatClient>(), keeping.GetService<ChatClientTraits>("key")), Is.EqualTo((client, (ChatClientTraits?)null)));
    }

    private static string ThisFile([CallerFilePath] string file = "") => file;

    private static string WithoutIndents(string text) =>
        string.Join('\n', text.ReplaceLineEndings("\n").Split('\n').Select(line => line.Trim()));

    [GeneratedRegex("^```csharp\n(?<code>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence { get; }

    /// <summary>Stands for the console.</summary>
    private sealed class Output
    {
        public string Text { get; private set; } = "";

        public void WriteLine(string line) => Text += $"{line}\n";
    }

    internal sealed record Team(string Name, int Wins);

    [JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
    [JsonSerializable(typeof(List<Team>))]
    internal sealed partial class Answers : JsonSerializerContext;
}
