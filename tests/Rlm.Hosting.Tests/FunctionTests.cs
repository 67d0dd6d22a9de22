using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Tests;

internal sealed class FunctionTests
{
    [Test]
    public async Task AsAIFunction_Agent_AnswersAQuestion()
    {
        using var model = new ScriptedChatClient(RlmChatClientTests.Fenced("answer notes | lines | count"));
        var function = new RlmAgent(model, options: new RlmOptions { DirectTokens = 0 })
            .AsAIFunction([RlmVariable.Text("notes", TextSource.FromString("a\nb"))], "ask_notes", "Answers from the notes.");

        object? result = await function.InvokeAsync(new() { ["question"] = JsonElement.Parse("\"How many lines?\"") });

        Assert.That(result!.ToString(), Is.EqualTo("""{"answer":"2"}"""));
        Assert.That(function.JsonSchema.GetProperty("required")[0].GetString(), Is.EqualTo("question"));
    }

    [Test]
    public async Task AsAIFunction_AgentWithoutAnswer_SaysSo()
    {
        using var model = new ScriptedChatClient(_ => "no idea");
        var function = new RlmAgent(model, options: new RlmOptions { DirectTokens = 0 })
            .AsAIFunction([RlmVariable.Text("notes", TextSource.FromString("a\nb"))], "ask_notes", "Answers from the notes.");

        var result = (JsonElement)(await function.InvokeAsync(new() { ["question"] = "How many lines?" }))!;

        Assert.That(result.GetProperty("answer").ValueKind, Is.EqualTo(JsonValueKind.Null));
        Assert.That(result.GetProperty("outcome").GetString(), Is.EqualTo("NoAnswer"));
        Assert.That(result.GetProperty("reasons")[0].GetString(), Does.StartWith("3 replies in a row held no program"));
        Assert.That(async () => await function.InvokeAsync(new()), Throws.ArgumentException);
    }

    [Test]
    public async Task AsAIFunction_Tool_HasItsTypesAndChecksItsArguments()
    {
        var function = new Repeat().AsAIFunction();

        object? result = await function.InvokeAsync(new() { ["words"] = "a", ["times"] = 3 });

        Assert.That(result!.ToString(), Is.EqualTo("""["a","a","a"]"""));
        Assert.That(function.JsonSchema.ToString(), Is.EqualTo(
            """{"type":"object","properties":{"words":{"type":"string","description":"What to say."},"times":{"type":"number"}},"required":["words"],"additionalProperties":false}"""));
        Assert.That(function.ReturnJsonSchema!.Value.ToString(), Is.EqualTo("""{"type":"array","items":{"type":"string"}}"""));
        Assert.That(async () => await function.InvokeAsync(new() { ["times"] = 3 }), Throws.ArgumentException.With.Message.Contains("without its `words`"));
        Assert.That(async () => await function.InvokeAsync(new() { ["words"] = "a", ["time"] = 3 }), Throws.ArgumentException.With.Message.Contains("no parameter `time`"));
    }

    [Test]
    public async Task AsRlmTool_Function_HasItsTypesAndDescriptions()
    {
        var tool = new Weather().AsRlmTool();
        using var model = new ScriptedChatClient(RlmChatClientTests.Fenced(
            "answer context | lines | map weather_of(it, \"C\") | map \"{it.city}: {it.degrees}\" | join \", \""));

        var result = await new RlmAgent(model, options: new RlmOptions { Tools = [tool], DirectTokens = 0 })
            .AskAsync("How warm?", TextSource.FromString("Bergen\nOslo"));

        Assert.That((tool.Name, tool.Description, tool.ResultType), Is.EqualTo(("weather_of", "The weather.", "{city: text, degrees: number, note: text?}")));
        Assert.That(tool.Parameters, Is.EqualTo(new[]
        {
            new RlmToolParameter("city", "text") { Description = "Where." },
            new RlmToolParameter("unit", "one of [\"C\", \"F\"]", IsOptional: true),
        }));
        Assert.That(result.Answer, Is.EqualTo("Bergen: 6, Oslo: 4"), string.Join('\n', result.Reasons));
    }

    [Test]
    public async Task AsRlmTool_FactoryFunction_GivesItsTextAsItIs()
    {
        var tool = AIFunctionFactory.Create((string name) => $"hello {name}", "greet").AsRlmTool();

        var result = await tool.InvokeAsync([JsonElement.Parse("\"Ada\"")], CancellationToken.None);

        Assert.That((tool.Parameters[0].Type, result!.Value.GetString()), Is.EqualTo(("text", "hello Ada")));
    }

    [Test]
    public async Task AsRlmTool_FunctionThatNeedsApproval_IsCalledWithTheHostsConsentOnly()
    {
        var calls = new List<string>();
        var send = new ApprovalRequiredAIFunction(AIFunctionFactory.Create((string to) => { calls.Add(to); return $"sent to {to}"; }, "send"));
        var tool = send.AsRlmTool();
        var options = new RlmOptions { Tools = [tool] };
        const string program = "answer context | lines | map send(it)";

        var refused = await RunAsync(options);
        var asked = await RunAsync(options with
        {
            ConfirmToolCall = (call, _) => new(call.Arguments[0]!.Value.GetString() == "ann"),
        });

        Assert.That(tool.Effect, Is.EqualTo(RlmToolEffect.Writes));
        Assert.That(string.Join('\n', refused.Reasons), Does.Contain("the host allows no tool to write"));
        Assert.That((asked.IsPartial, calls), Is.EqualTo((true, new[] { "ann" })));

        static Task<RlmResult> RunAsync(RlmOptions options) => new RlmSession(
            new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString("ann\nbob"))], options).RunAsync(program);
    }

    [TestCase(RlmToolEffect.Reads)]
    [TestCase(RlmToolEffect.Writes)]
    public void AsAIFunction_Tool_NeedsApprovalWhereItWrites_AndIsThatToolAgain(RlmToolEffect effect)
    {
        var function = new Repeat { Does = effect }.AsAIFunction();

        Assert.That(function.GetService<ApprovalRequiredAIFunction>() is not null, Is.EqualTo(effect == RlmToolEffect.Writes));
        Assert.That((function.Name, function.AsRlmTool().Effect), Is.EqualTo(("repeat", effect)));
    }

    /// <summary>Microsoft's own caller of functions asks before it calls.</summary>
    [Test]
    public async Task AsAIFunction_ToolThatWrites_IsNotCalledWithoutApproval()
    {
        using var model = new ScriptedChatClient((_, _) => Task.FromResult(new ChatResponse(new ChatMessage(
            ChatRole.Assistant, [new FunctionCallContent("1", "repeat", new Dictionary<string, object?> { ["words"] = "a" })]))));
        var tool = new Repeat { Does = RlmToolEffect.Writes };
        using var client = model.AsBuilder().UseFunctionInvocation().Build();

        var response = await client.GetResponseAsync("Say a.", new ChatOptions { Tools = [tool.AsAIFunction()] });

        Assert.That(response.Messages.SelectMany(message => message.Contents).OfType<ToolApprovalRequestContent>().Count(), Is.EqualTo(1));
        Assert.That(tool.Calls, Is.Zero);
    }

    [Test]
    public async Task AsRlmTool_OfATool_IsTheTool()
    {
        var tool = new Repeat().AsAIFunction().AsRlmTool();

        var result = await tool.InvokeAsync([JsonElement.Parse("\"a\""), JsonElement.Parse("2")], CancellationToken.None);

        Assert.That((tool.Name, tool.ResultType, result!.Value.ToString()), Is.EqualTo(("repeat", "list of text", """["a","a"]""")));
        Assert.That(tool.Parameters, Is.EqualTo(new Repeat().Parameters));
    }

    private sealed class Weather : AIFunction
    {
        public override string Name => "weather-of";

        public override string Description => "The\nweather.";

        public override JsonElement JsonSchema { get; } = JsonElement.Parse(
            """
            {"type":"object","properties":{"city":{"type":"string","description":"Where."},"unit":{"enum":["C","F"]}},"required":["city"]}
            """);

        public override JsonElement? ReturnJsonSchema { get; } = JsonElement.Parse(
            """
            {"type":"object","properties":{"city":{"type":"string"},"degrees":{"type":"integer"},"note":{"type":"string"}},"required":["city","degrees"]}
            """);

        protected override ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
        {
            var city = (JsonElement)arguments["city"]!;
            return new(JsonElement.Parse($$"""{"city":{{city.GetRawText()}},"degrees":{{city.GetString()!.Length}}}"""));
        }
    }

    private sealed class Repeat : RlmTool
    {
        public RlmToolEffect Does { get; init; }

        public int Calls { get; private set; }

        public override string Name => "repeat";

        public override RlmToolEffect Effect => Does;

        public override string Description => "Says it several times.";

        public override IReadOnlyList<RlmToolParameter> Parameters =>
            [new("words", "text") { Description = "What to say." }, new("times", "number", IsOptional: true)];

        public override string ResultType => "list of text";

        public override ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken)
        {
            Calls++;
            var words = Enumerable.Repeat(arguments[0]!.Value.GetRawText(), arguments[1]?.GetInt32() ?? 1);
            return new(JsonElement.Parse($"[{string.Join(',', words)}]"));
        }
    }
}
