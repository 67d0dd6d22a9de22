using System.Text;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Tests;

/// <summary>Where in a conversation the question stands: the data are whole, and without it.</summary>
internal sealed class QuestionPlaceTests
{
    private const string Question = "How many lines have ERROR?", Instruction = "Count the lines with ERROR.";

    private static string Log { get; } = string.Join("\n", Enumerable.Range(1, 400).Select(number => Invariant(
        $"10:{number % 60:00}:00 {(number % 40 is 0 or 1 ? "ERROR disk full" : "INFO all is well")} {number}{(number % 7 == 1 ? "\n" : "")}")));

    private static IEnumerable<TestCaseData> Conversations()
    {
        ChatMessage User(params string[] texts) => new(ChatRole.User, [.. texts.Select(text => new TextContent(text))]);
        ChatMessage Assistant(string text) => new(ChatRole.Assistant, text);

        yield return Case("asked before", Question, [User(Question), User(Log)]);
        yield return Case("asked behind", Question, [User(Log), User(Question)]);
        yield return Case("announced", "Count the ERROR lines", [User("Count the ERROR lines in what I paste next"), Assistant("Sure, paste it."), User(Log)]);
        yield return Case("system", Instruction, [new(ChatRole.System, Instruction), User(Log)]);
        yield return Case("system beside", Instruction, [new(ChatRole.System, "Be brief."), User($"{Instruction}\n\n{Log}")]);
        yield return Case("second turn", Question, [User($"{Question}\n\n{Log}"), Assistant("286"), User("Are you sure? Count again.")]);
        yield return Case("second turn of an instruction", Instruction, [User($"{Instruction}\n\n{Log}"), Assistant("286"), User("Are you sure?")]);
        yield return Case("thanks", Instruction, [User($"{Instruction}\n\n{Log}", "Thanks.")]);
        yield return Case("part beside", Question, [User($"{Question}\n\n{Log}", "Be brief.")]);

        static TestCaseData Case(string name, string question, ChatMessage[] messages) => new TestCaseData(question, messages).SetArgDisplayNames(name);
    }

    [TestCaseSource(nameof(Conversations))]
    public async Task GetResponse_QuestionAnywhere_IsAskedAboutTheWholeLog(string question, ChatMessage[] messages)
    {
        using var inner = new ScriptedChatClient(RlmChatClientTests.Fenced("answer \"{context | grep /ERROR/ | count} of {context | grep /./ | count}\""));

        var response = await RlmChatClientTests.Build(inner).GetResponseAsync(messages);

        Assert.That(response.Text, Is.EqualTo("20 of 400"));
        Assert.That(inner.Calls[0].AllText, Does.Contain(question));
    }

    [Test]
    public async Task GetResponse_TwoLongTexts_AreBothWhole()
    {
        using var inner = new ScriptedChatClient(RlmChatClientTests.Fenced("answer \"{message | grep /./ | count} and {message_2 | grep /./ | count}\""));
        string prose = string.Join("\n\n", Enumerable.Range(0, 300).Select(_ => "So it went on for a long while."));

        var response = await RlmChatClientTests.Build(inner).GetResponseAsync([new(ChatRole.User, [new TextContent(Log), new TextContent(prose)])]);

        Assert.That(response.Text, Is.EqualTo("400 and 300"));
        Assert.That(inner.Calls[0].LastText, Does.Contain("Its first line: So it went on"));
    }

    [Test]
    public async Task GetResponse_LongRulesBesideAnAttachment_AreTheQuestion()
    {
        using var inner = new ScriptedChatClient(RlmChatClientTests.Fenced("answer context | grep /ERROR/ | count"));
        string rules = string.Join(' ', Enumerable.Repeat("Count what this rule says.", 300)) + " The last word of the rules.";

        var response = await RlmChatClientTests.Build(inner).GetResponseAsync(
            [new(ChatRole.User, [new TextContent(rules), new DataContent(Encoding.UTF8.GetBytes(Log), "text/plain")])]);

        Assert.That(response.Text, Is.EqualTo("20"));
        Assert.That(inner.Calls[0].LastText, Does.Contain(rules));
    }
}
