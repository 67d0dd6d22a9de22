using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Answers;
using static Rlm.Runtime.Tests.Root.RootRun;

namespace Rlm.Runtime.Tests.Answers;

/// <summary>Questions whose answer must be a value of a .NET type.</summary>
internal sealed class TypedAnswerTests
{
    [Test]
    public async Task AskAsync_Type_IsToldAndMistakesGoBackToTheRoot()
    {
        using var context = TextSource.FromString("Reds 12\nBlues 7");
        var root = new ScriptedChatClient(
            Fenced("answer context | lines | count"),
            Fenced("answer \"The Reds won.\""),
            Fenced("let rows = context | extract \"{name} {wins}\"\nanswer rows | select name, wins, mood = \"glad\""),
            Fenced("answer rows | select name, wins = number(wins), mood = \"angry\""));

        var result = await new RlmAgent(root, options: Programs).AskAsync("How many wins has each?", context, AnswerContext.Default.ListTeam);

        Assert.That(result.Value, Is.EqualTo(new[] { new Team("Reds", 12, Mood.Angry), new Team("Blues", 7, Mood.Angry) }));
        Assert.That(result.Answer, Is.EqualTo("[{\"name\":\"Reds\",\"wins\":12,\"mood\":1},{\"name\":\"Blues\",\"wins\":7,\"mood\":1}]"));
        Assert.That(
            root.Calls[0].LastText,
            Does.Contain("The answer must be a value of the type list of {name: text, wins: whole number, mood: one of [\"Calm\", \"Angry\", \"VerySad\"]?, coach: text?}, not a text about it: write `answer [{name: "));
        Assert.That(root.Calls[1].LastText, Does.Contain("error RLM3016").And.Contain("and it is a number and no list"));
        Assert.That(root.Calls[2].LastText, Does.Contain("error RLM5005").And.Contain("the answer is `The Reds won.`"));
        Assert.That(root.Calls[3].LastText, Does.Contain("`mood` of item 1 of the answer is `glad`"));
        Assert.That(result.Usage.Steps, Is.EqualTo(4));
    }

    [Test]
    public async Task AskAsync_NeverFits_EndsWithoutValueAndSaysWhy()
    {
        using var context = TextSource.FromString("Reds 12");
        var root = new ScriptedChatClient(call => Fenced($"answer \"some {call.Index}\""));

        var result = await new RlmAgent(root, options: Programs with { MaxSteps = 2 })
            .AskAsync("How many wins?", context, AnswerContext.Default.NullableInt32);

        Assert.That((result.Outcome, result.HasValue, result.Answer), Is.EqualTo((RlmOutcome.NoAnswer, false, (string?)null)));
        Assert.That(result.Reasons, Has.Count.EqualTo(2));
        Assert.That(result.Reasons[1], Does.StartWith("the answer is `some 1`, and must be a whole number"));
    }

    [TestCase("12", 12)]
    [TestCase("There are twelve.", null)]
    public async Task AskAsync_WordsInTheLastTurn_CountWhereTheyFit(string words, int? wins)
    {
        using var context = TextSource.FromString("Reds 12");
        var root = new ScriptedChatClient(Fenced("context | lines | count"), words);

        var result = await new RlmAgent(root, options: Programs with { MaxSteps = 2 })
            .AskAsync("How many wins?", context, AnswerContext.Default.NullableInt32);

        Assert.That(result.HasValue, Is.EqualTo(wins is not null));
        if (result.HasValue)
            Assert.That((result.Value, result.IsPartial), Is.EqualTo((wins, true)));
    }

    [Test]
    public async Task AskAsync_SmallText_IsAskedOnceMoreWhereTheReplyDoesNotFit()
    {
        using var context = TextSource.FromString("The Reds won 12 times.");
        var root = new ScriptedChatClient("The Reds won.", "```json\n{\"name\": \"Reds\", \"children\": []}\n```");

        var result = await new RlmAgent(root).AskAsync("Who won?", context, AnswerContext.Default.Node);

        Assert.That((result.Value.Name, result.Answer), Is.EqualTo(("Reds", "{\"name\":\"Reds\",\"children\":[]}")));
        Assert.That(root.Calls[0].LastText, Does.Contain("<reply>\n{name: text, children: list of").And.Contain("\"type\":\"object\""));
        Assert.That(root.Calls[0].Options!.ResponseFormat, Is.Null);
        Assert.That(root.Calls[1].LastText, Does.Contain("An earlier reply could not be used: the answer is `The Reds won.`"));
    }

    [Test]
    public async Task AskAsync_SmallTextNeverFits_HasNoValue()
    {
        using var context = TextSource.FromString("The Reds won 12 times.");
        var root = new ScriptedChatClient(_ => "The Reds won.");

        var result = await new RlmAgent(root).AskAsync("Did they win?", context, AnswerContext.Default.Boolean);

        Assert.That((result.Outcome, result.HasValue, root.CallCount), Is.EqualTo((RlmOutcome.NoAnswer, false, 2)));
        Assert.That(result.Reasons[0], Does.Contain("must be true or false"));
    }

    [Test]
    public async Task AskAsync_ClientThatKeepsToASchema_IsGivenIt()
    {
        using var context = TextSource.FromString("The Reds won 12 times.");
        var root = new ScriptedChatClient("{\"answer\": 12}") { Services = [new ChatClientTraits { KeepsToSchema = true }] };

        var result = await new RlmAgent(root).AskAsync("What is the year?", context, AnswerContext.Default.NullableInt32);

        Assert.That(result.Value, Is.EqualTo(12));
        var format = (ChatResponseFormatJson)root.Calls[0].Options!.ResponseFormat!;
        Assert.That(
            format.Schema!.Value.GetRawText(),
            Is.EqualTo("{\"type\":\"object\",\"properties\":{\"answer\":{\"type\":[\"integer\",\"null\"]}},\"required\":[\"answer\"],\"additionalProperties\":false}"));
    }

    [Test]
    public async Task AskAsync_RecordsForAClientThatKeepsToASchema_AreClosed()
    {
        using var context = TextSource.FromString("The Reds won 12 times.");
        var root = new ScriptedChatClient("""{"answer":[{"name":"Reds","wins":12}]}""") { Services = [new ChatClientTraits { KeepsToSchema = true }] };

        var result = await new RlmAgent(root).AskAsync("Who won?", context, AnswerContext.Default.ListTeam);

        Assert.That(result.Value, Has.Count.EqualTo(1));
        var items = ((ChatResponseFormatJson)root.Calls[0].Options!.ResponseFormat!).Schema!.Value.GetProperty("properties").GetProperty("answer").GetProperty("items");
        Assert.That(items.GetProperty("additionalProperties").GetBoolean(), Is.False);
    }

    [TestCase("""{"properties":{"properties":{"type":"string"}}}""", """{"properties":{"properties":{"type":"string"}},"additionalProperties":false}""")]
    [TestCase("""{"properties":{"a":{"type":"number"}},"additionalProperties":true}""", """{"properties":{"a":{"type":"number"}},"additionalProperties":true}""")]
    [TestCase("""{"type":"object","additionalProperties":{"properties":{}}}""", """{"type":"object","additionalProperties":{"properties":{},"additionalProperties":false}}""")]
    [TestCase("""{"anyOf":[{"properties":{}},true],"allOf":[{"properties":{}}]}""", """{"anyOf":[{"properties":{},"additionalProperties":false},true],"allOf":[{"properties":{}}]}""")]
    public void Close_Objects_HaveNoOtherFields(string schema, string expected)
    {
        var node = JsonNode.Parse(schema);

        ClosedSchema.Close(node);

        Assert.That(node!.ToJsonString(), Is.EqualTo(expected));
    }

    [Test]
    public async Task AskAsync_Text_IsAnyAnswer()
    {
        using var context = TextSource.FromString("The Reds won 12 times.");

        var direct = await new RlmAgent(new ScriptedChatClient("The Reds.")).AskAsync("Who won?", context, AnswerContext.Default.String);
        var program = await new RlmAgent(new ScriptedChatClient(Fenced("answer context | words | first 2")), options: Programs)
            .AskAsync("Who won?", context, AnswerContext.Default.String);

        Assert.That((direct.Value, program.Value), Is.EqualTo(("The Reds.", "The\nReds")));
    }

    [Test]
    public async Task AskStreamingAsync_Shape_EndsWithJsonOfIt()
    {
        using var context = TextSource.FromString("a\nb");
        var agent = new RlmAgent(new ScriptedChatClient(Fenced("answer {n: context | lines | count}")), options: Programs);
        var shape = AnswerShape.Of(AnswerContext.Default.DictionaryStringInt32);

        RlmEvent? last = null;
        await foreach (var happened in agent.AskStreamingAsync("How many?", [RlmVariable.Text("context", context)], shape))
            last = happened;

        Assert.That(((RunFinished)last!).Result.Answer, Is.EqualTo("{\"n\":2}"));
    }

    [Test]
    public async Task AskAsync_FailedItems_ArePartialOrAnError()
    {
        using var context = TextSource.FromString("a\nb");
        var root = new ScriptedChatClient(
            Fenced("let rows = context | lines | extend wins = llm \"How many?\" as number\nanswer rows | select name = text, wins"),
            Fenced("answer rows | where wins is not failed | select name = text, wins"),
            Fenced("answer rows | where wins is not failed | select name = text, wins"));
        var sub = new ScriptedChatClient(call => call.LastText.Contains("\na\n", StringComparison.Ordinal) ? "3" : "many");

        var result = await new RlmAgent(root, sub, Programs).AskAsync("How many wins?", context, AnswerContext.Default.ListTeam);

        Assert.That(root.Calls[1].LastText, Does.Contain("`wins` of item").And.Contain("is a failed item"));
        Assert.That(result.IsPartial, Is.True);
        Assert.That(result.Value.Select(team => team.Wins), Is.EqualTo(new[] { 3 }));
    }
}
