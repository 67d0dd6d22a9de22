using System.Text.Json;
using Microsoft.Extensions.Time.Testing;

namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>What a tool may do, how often and how long, and what a program may give it.</summary>
internal sealed class ToolLimitTests
{
    [Test]
    public async Task Invoke_ToolThatWrites_NeedsTheHostsConsent()
    {
        var asked = new List<string>();
        var sent = new List<string>();
        var send = new LimitedTool("send", "none", "text", sent.Add) { ToolEffect = RlmToolEffect.Writes };

        var refused = await RunAsync("answer context | lines | map send(it) | count", new RlmOptions { Tools = [send] });
        var allowed = await RunAsync("answer context | lines | map send(it) | count", new RlmOptions
        {
            Tools = [send],
            ConfirmToolCall = (call, _) =>
            {
                asked.Add($"{call.Tool.Name}({call.Arguments[0]})");
                return ValueTask.FromResult(!call.Arguments[0]!.Value.ValueEquals("b"));
            },
        });

        Assert.That(refused.Reasons.Single(), Is.EqualTo("send: 3 calls failed: `send` writes, and the host allows no tool to write (ConfirmToolCall)"));
        Assert.That(allowed.Reasons.Single(), Is.EqualTo("send: 1 call failed: the host did not allow this call"));
        Assert.That(asked, Is.EqualTo(new[] { "send(a)", "send(b)", "send(c)" }), "each call once, in order");
        Assert.That(sent, Is.EqualTo(new[] { "\"a\"", "\"c\"" }));
    }

    [Test]
    public async Task Plan_ProgramThatCallsToolsThatWrite_NamesThem()
    {
        var send = new LimitedTool("send", "none", "text") { ToolEffect = RlmToolEffect.Writes };
        var look = new LimitedTool("look", "none", "text");
        var session = Session(new RlmOptions { Tools = [look, send] });

        Assert.That((await session.PlanAsync("context | lines | map [look(it), send(it)]")).Writes, Is.EqualTo(new[] { "send" }));
        Assert.That((await session.PlanAsync("context | lines | map look(it)")).Writes, Is.Empty);
        Assert.That(send.Calls, Is.Zero);
    }

    [Test]
    public async Task Invoke_MoreOftenThanAllowed_FailsTheOthers()
    {
        var tool = new LimitedTool("look", "none", "text") { Most = 2 };

        var result = await RunAsync("answer context | lines | map look(it) | count", new RlmOptions { Tools = [tool] });

        Assert.That(result.Reasons.Single(), Is.EqualTo("look: 1 call failed: `look` may be called 2 times in a run"));
        Assert.That(tool.Calls, Is.EqualTo(2));
    }

    [TestCase(false)]
    [TestCase(true)]
    public async Task Invoke_LongerThanAllowed_FailsTheItem(bool blocks)
    {
        var clock = new FakeTimeProvider();
        using var never = new ManualResetEventSlim();
        var begun = new TaskCompletionSource();
        var tool = new LimitedTool("look", "none", "text")
        {
            Longest = TimeSpan.FromSeconds(5),
            Work = async token =>
            {
                begun.SetResult();
                if (blocks)
                    never.Wait(CancellationToken.None);
                await Task.Delay(Timeout.Infinite, token);
            },
        };

        var running = RunAsync("answer [look(\"a\"), 1] | count", new RlmOptions { Tools = [tool], TimeProvider = clock });
        await begun.Task;
        clock.Advance(TimeSpan.FromSeconds(6));
        var result = await running;
        never.Set();

        Assert.That(result.Reasons.Single(), Is.EqualTo("look: 1 call failed: `look` took longer than 5 s"));
    }

    [TestCase("number", "\"many\"", "`value` takes a number, not `many`")]
    [TestCase("date", "\"03/04/2026\"", "`value` takes a date, and `03/04/2026` can be read as more than one")]
    [TestCase("bool", "\"maybe\"", "`value` takes a bool, not `maybe`")]
    [TestCase("duration", "3 * 2", "`value` takes a duration, not `6`")]
    [TestCase("one of [\"red\", \"green\"]", "lower(\"BLUE\")", "`value` takes a label of red, green, not `blue`")]
    [TestCase("list of number", "[1, \"x\"]", "`value` takes a number, not `x`")]
    [TestCase("{x: number}", "{x: \"y\"}", "`value.x` takes a number, not `y`")]
    [TestCase("{x: number}", "{y: 1}", "`value.x` has no value")]
    [TestCase("list of {x: number}", "[{x: 1}, {x: none}]", "`value.x` has no value")]
    public async Task Invoke_ValueThatDoesNotFit_FailsTheItemWithTheReason(string type, string value, string reason)
    {
        var tool = new LimitedTool("look", "none", type);

        var result = await RunAsync($"let given = {value}\nanswer [look(given), 1] | count", new RlmOptions { Tools = [tool] });

        Assert.That(result.Reasons, Is.EqualTo(new[] { $"look: 1 call failed: {reason}" }));
        Assert.That(tool.Calls, Is.Zero);
    }

    [TestCase("number", "\"1,234.5\"", "1234.5")]
    [TestCase("number", "\"0.10\"", "0.1")]
    [TestCase("date", "\"1 Mar 2026\"", "\"2026-03-01\"")]
    [TestCase("date", "date(\"2026-03-01 10:20\")", "\"2026-03-01T10:20:00\"")]
    [TestCase("bool", "\"yes\"", "true")]
    [TestCase("duration", "90s", "90")]
    [TestCase("text", "7", "\"7\"")]
    [TestCase("text", "\" none \"", "\" none \"")]
    [TestCase("one of [\"Red\", \"Green\"]", "\"red\"", "\"Red\"")]
    [TestCase("list of number", "[\"1\", 2]", "[1,2]")]
    [TestCase("{x: number, y: text?}", "{x: \"3\", z: 1}", "{\"x\":3,\"y\":null}")]
    [TestCase("any", "{x: [1]}", "{\"x\":[1]}")]
    public async Task Invoke_ValueOfAnotherKind_IsReadAsTheTypeThatTheToolTakes(string type, string value, string json)
    {
        var given = new List<string>();
        var tool = new LimitedTool("look", "none", type, given.Add);

        var result = await RunAsync($"let given = {value}\nanswer [look(given), 1] | count", new RlmOptions { Tools = [tool] });

        Assert.That(result.Reasons, Is.Empty);
        Assert.That(given, Is.EqualTo(new[] { json }));
    }

    [TestCase("one of [\"red\", \"green\"]", "look(\"gren\")", "RLM2005", "`look` takes one of [\"red\", \"green\"], and this is another text")]
    [TestCase("{x: number}", "look(3)", "RLM2005", "`look` takes a record {x: number}, and this is a number")]
    public void Compile_ValueThatCannotFit_IsAnErrorOfTheProgram(string type, string call, string id, string message)
    {
        var program = Session(new RlmOptions { Tools = [new LimitedTool("look", "none", type)] }).Compile($"answer {call}");

        Assert.That(program.Diagnostics.Select(diagnostic => (diagnostic.Id, diagnostic.Message)), Is.EqualTo(new[] { (id, message) }));
    }

    [TestCase("text", "\" a \"", " a ")]
    [TestCase("text?", "\"none\"", "none")]
    [TestCase("text", "\"\"", "")]
    [TestCase("duration", "90.5", "1m30s500ms")]
    [TestCase("one of [\"Red\"]", "\"Red\"", "Red")]
    public async Task Invoke_Result_IsWhatTheHostGave(string type, string json, string shown)
    {
        var tool = new LimitedTool("look", type, "text") { Result = json };

        var result = await RunAsync("answer \"<{look(\"a\")}>\"", new RlmOptions { Tools = [tool] });

        Assert.That(result.Answer, Is.EqualTo($"<{shown}>"));
    }

    [Test]
    public async Task Invoke_FailedValue_IsHandedOnAndNotAsNone()
    {
        var bad = new LimitedTool("bad", "number", "text") { Result = "\"many\"" };
        var look = new LimitedTool("look", "number", "number") { Result = "1" };

        var result = await RunAsync("answer context | lines | map look(bad(it)) | sum", new RlmOptions { Tools = [bad, look] });

        Assert.That((look.Calls, result.IsPartial || result.Answer is null), Is.EqualTo((0, true)));
        Assert.That(result.Reasons, Has.None.StartsWith("look:"));
    }

    private static Task<RlmResult> RunAsync(string program, RlmOptions options) => Session(options).RunAsync(program);

    private static RlmSession Session(RlmOptions options) =>
        new(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString("a\nb\nc"))], options);

    private sealed class LimitedTool(string name, string resultType, string parameterType, Action<string>? take = null) : RlmTool
    {
        public RlmToolEffect ToolEffect { get; init; }

        public int? Most { get; init; }

        public TimeSpan? Longest { get; init; }

        public Func<CancellationToken, Task>? Work { get; init; }

        public string? Result { get; init; }

        public int Calls { get; private set; }

        public override string Name => name;

        public override string Description => "Looks";

        public override IReadOnlyList<RlmToolParameter> Parameters { get; } = [new("value", parameterType)];

        public override string ResultType => resultType;

        public override RlmToolEffect Effect => ToolEffect;

        public override int? MaxCalls => Most;

        public override TimeSpan? Timeout => Longest;

        public override async ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken)
        {
            Calls++;
            take?.Invoke(arguments[0]!.Value.GetRawText());
            if (Work is not null)
                await Work(cancellationToken);
            return Result is null ? null : await LambdaTool.Json(Result);
        }
    }
}
