using System.Text.Json;

namespace Rlm.Runtime.Tests.Evaluation;

internal sealed class ToolCallTests
{
    [TestCase("answer context | lines | tool", "a!\nb!")]
    [TestCase("answer context | lines | tool(unit: \"C\")", "a!C\nb!C")]
    [TestCase("answer context | lines | map \"<{tool(it)}>\"", "<a!>\n<b!>")]
    [TestCase("answer tool(\"x\", \"F\")", "x!F")]
    public async Task Invoke_InAnyPlace_GivesTheResult(string program, string answer)
    {
        var tool = new LambdaTool("tool", "text", (arguments, _) => LambdaTool.Json($"\"{arguments[0]}!{arguments[1]}\""));

        var run = await RunAsync(program, tool);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((answer, false)));
    }

    [Test]
    public async Task Invoke_ResultOfRecords_HasTypedFields()
    {
        var tool = new LambdaTool(
            "orders",
            "list of {id: number, paid: date?}",
            (_, _) => LambdaTool.Json("[{\"id\": 7, \"paid\": \"2026-03-05\"}, {\"id\": 8, \"paid\": null}]"));

        var run = await RunAsync(
            "answer orders(\"ann\") | where paid != none | map {next: id + 1, month: month(paid)} | map \"{next}/{month}\"", tool);

        Assert.That(run.Answer, Is.EqualTo("8/3"));
    }

    [Test]
    public async Task Invoke_NotCompletedAtOnce_IsAwaited()
    {
        var tool = new LambdaTool("tool", "number", async (arguments, _) =>
        {
            await Task.Yield();
            return await LambdaTool.Json(arguments[0]!.Value.GetString()!.Length.ToString());
        });

        var run = await RunAsync("answer context | lines | tool | sum", tool, "a\nbcd");

        Assert.That(run.Answer, Is.EqualTo("4"));
    }

    [Test]
    public async Task Invoke_Throws_FailsTheItemAndTheAnswerIsPartial()
    {
        var tool = new LambdaTool("tool", "number", (arguments, _) =>
            arguments[0]!.Value.ValueEquals("b") ? throw new InvalidOperationException("no b\nhere") : LambdaTool.Json("1"));

        var run = await RunAsync("let n = context | lines | tool\nanswer n | sum", tool, "a\nb\nc\nb x");

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("3", true)));
        Assert.That(run.Result.Reasons, Is.EqualTo(new[] { "tool: 1 call failed: no b here" }));
    }

    [TestCase("\"many\"", "`many` is not one number")]
    [TestCase("null", "the result is missing")]
    public async Task Invoke_OtherThanDeclared_FailsTheItem(string json, string reason)
    {
        var run = await RunAsync("answer context | tool", new LambdaTool("tool", "number", (_, _) => LambdaTool.Json(json)));

        Assert.That(run.Result.Reasons.Single(), Does.StartWith("the value is a failed item: ").And.EndWith(reason));
        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.Failed, (string?)null)));
    }

    [Test]
    public async Task Invoke_NullOfOptional_IsNone()
    {
        var run = await RunAsync(
            "answer context | lines | extend x = tool(it) | where x == none | count",
            new LambdaTool("tool", "number?", (_, _) => new ValueTask<JsonElement?>((JsonElement?)null)));

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("2", false)));
    }

    [Test]
    public async Task Invoke_Cancelled_EndsTheRun()
    {
        using var cancellation = new CancellationTokenSource();
        var tool = new LambdaTool("tool", "number", async (_, token) =>
        {
            await cancellation.CancelAsync();
            token.ThrowIfCancellationRequested();
            return null;
        });

        await Assert.ThatAsync(
            () => RunAsync("answer context | tool", tool, cancellationToken: cancellation.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("1tool", "text", "`1tool` is not a name for a tool: a letter, then letters, digits and `_`.")]
    [TestCase("tool", "list<", "`list<` is not a type.")]
    public void Constructor_ToolThatCannotBeCalled_SaysWhy(string name, string type, string why)
    {
        var options = new RlmOptions { Tools = [new LambdaTool(name, type, (_, _) => default)] };

        Assert.That(() => new RlmAgent(new ScriptedChatClient(), options: options), Throws.ArgumentException.With.Message.StartsWith(why));
    }

    private static Task<ProgramRun> RunAsync(
        string program, LambdaTool tool, string context = "a\nb", CancellationToken cancellationToken = default) =>
        ProgramRun.RunAsync(program, context, new ScriptedChatClient(), new RlmOptions { Tools = [tool] }, cancellationToken);
}
