using System.Text.Json;

namespace Rlm.Runtime.Tests.Planning;

internal sealed class ExplainTests
{
    private const string Rows = "a 1\nb 2\na 1\na 3\nc 1\n";

    [Test]
    public async Task ExplainAsync_Stages_TellTypesItemsAndCalls()
    {
        var explained = await ExplainAsync("answer lines | extract \"{k} {n}\" as {n: number} | map llm \"Why?\\n{k}\" | join \"; \"");

        Assert.That(
            explained.Stages.Select(stage => (stage.Statement, stage.Stage, stage.Input, stage.Output, stage.Items, stage.IsExact)),
            Is.EqualTo(new (string, string, string?, string, long?, bool)[]
            {
                ("answer", "context", null, "text", null, true),
                ("answer", "lines", "text", "list of text", 5, true),
                ("answer", "extract \"{k} {n}\" as {n: number}", "list of text", "list of {k: text, n: number?}", 5, true),
                ("answer", "map llm \"Why?\\n{k}\"", "list of {k: text, n: number?}", "list of text", 5, false),
                ("answer", "join \"; \"", "list of text", "text", null, false),
            }));
        Assert.That(explained.Stages.Select(stage => stage.Spending?.Calls), Is.EqualTo(new long?[] { null, null, null, 3, null }));
        Assert.That(explained.Stages[3].Spending, Is.SameAs(explained.Plan.Stages[0]));
        Assert.That(explained.Stages[3].Remarks, Is.EqualTo(new[] { "2 of 5 items ask the same as an earlier one, and take its reply" }));
    }

    [TestCase("where n > 1")]
    [TestCase("where k == \"a\" | where n > 1")]
    [TestCase("sort by n desc | where n > 1")]
    [TestCase("extend m = n + 1 | where n > 1")]
    [TestCase("where kind == \"x\" | sort by kind | extend m = kind | where n > 1")]
    public async Task ExplainAsync_FilterThatNeedsNoReply_IsMovedBeforeThePaidStage(string stages)
    {
        var explained = await ExplainAsync($"answer {Paid} | {stages}");

        var moved = explained.Stages.Single(stage => stage.Stage == "where n > 1");
        Assert.That(moved.Remarks, Is.EqualTo(new[] { "moved before `extend kind = llm \"Kind?\" as one of [\"x\", \"y\"]`, which then has fewer items to pay for" }));
        Assert.That((moved.Output, moved.IsExact), Is.EqualTo(("list of {k: text, n: number?}", true)));
        Assert.That(explained.Stages.Select(stage => stage.Spending is not null).ToList().IndexOf(true), Is.GreaterThan(explained.Stages.ToList().IndexOf(moved)));
    }

    [TestCase("where kind == \"x\"")]
    [TestCase("where index > 0")]
    [TestCase("where prev(n) == 1")]
    [TestCase("extend n = n + 1 | where n > 1")]
    [TestCase("extend n = length(kind) | where n > 1")]
    [TestCase("distinct by k | where n > 1")]
    [TestCase("extend s = running_sum(n) | where n > 1")]
    public async Task ExplainAsync_FilterThatIsOtherElsewhere_StaysWhereItIs(string stages)
    {
        var explained = await ExplainAsync($"answer {Paid} | {stages}");

        string last = stages.Split(" | ")[^1];
        Assert.That(explained.Stages[^1].Stage, Is.EqualTo(last));
        Assert.That(explained.Stages[^1].Remarks, Is.Empty);
    }

    [Test]
    public async Task ExplainAsync_FilterThatCallsATool_StaysBehindThePaidStage()
    {
        var session = ProgramRun.Session(Rows, new ScriptedChatClient(), new RlmOptions { Tools = [new Look()] });
        var explained = await session.ExplainAsync(session.Compile("answer lines | where llm \"Good?\" | where look(it)"));

        Assert.That(explained.Stages.Select(stage => stage.Stage), Is.EqualTo(new[] { "context", "lines", "where llm \"Good?\"", "where look(it)" }));
    }

    [Test]
    public async Task ExplainAsync_WhatNothingNeeds_IsDropped()
    {
        var explained = await ExplainAsync("let all = lines | map llm \"x\"\nlet some = lines | first 2\nanswer some | map llm \"y\" | first 1\nall | count");

        Assert.That(explained.Dropped, Is.EqualTo(new[]
        {
            "`let all = lines | map llm \"x\"` is not computed: nothing that runs needs it",
            "`all | count` is not run: it stands behind the answer",
        }));
        Assert.That(explained.Stages.Select(stage => stage.Statement).Distinct(), Is.EqualTo(new[] { "let some", "answer" }));
        Assert.That(explained.Plan.Calls, Is.EqualTo(1));
    }

    [Test]
    public async Task ExplainAsync_ProgramWithoutPaidStages_TellsItsItemsAndMakesNoCall()
    {
        var explained = await ExplainAsync("lines | where it contains \"a\"\nanswer lines | count");

        Assert.That(explained.Stages.Select(stage => stage.Items), Is.EqualTo(new long?[] { null, 5, 3, null, 5, null }));
        Assert.That(explained.Plan.Stages, Is.Empty);
    }

    private const string Paid = "lines | extract \"{k} {n}\" as {n: number} | extend kind = llm \"Kind?\" as one of [\"x\", \"y\"]";

    private static async Task<RlmExplanation> ExplainAsync(string program)
    {
        // A call that nobody scripted throws.
        var session = ProgramRun.Session(Rows, new ScriptedChatClient());
        var compiled = session.Compile(program);
        Assert.That(compiled.Diagnostics.Where(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Select(diagnostic => diagnostic.Message), Is.Empty);
        return await session.ExplainAsync(compiled);
    }

    private sealed class Look : RlmTool
    {
        public override string Name => "look";

        public override string Description => "looks";

        public override IReadOnlyList<RlmToolParameter> Parameters => [new("text", "text")];

        public override string ResultType => "bool";

        public override ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("A plan calls no tool.");
    }
}
