namespace Rlm.Runtime.Tests.Asking;

/// <summary>An item without anything to be asked about is told of, since what a model says of it is made up.</summary>
internal sealed class BlankItemsTests
{
    [TestCase("context | lines | extend k = llm \"Which?\" as one of [\"x\", \"y\"] | count by k", "2 of 5 items hold nothing to be asked about")]
    [TestCase("context | lines | extend t = match(it, /b.*/) | map llm \"What of {t}?\"", "4 of 5 items hold nothing to be asked about")]
    [TestCase("context | lines | where trim(it) != \"\" | extend k = llm \"Which?\" as one of [\"x\", \"y\"] | count by k", null)]
    [TestCase("context | lines | where trim(it) != \"\" | map llm \"What of {if it == \"a\" then \"none\" else it}?\"", null)]
    [TestCase("context | lines | extend k = llm \"Which? {index} {it}\" as one of [\"x\", \"y\"] | count by k", null)]
    public async Task Ask_ItemsWithoutText_MakeTheAnswerPartial(string program, string? told)
    {
        var run = await ProgramRun.RunAsync(
            $"answer {program}", "a\n\nb\n \nc\n", new ScriptedChatClient(call => string.Join('\n', Enumerable.Range(1, 5).Select(i => $"[{i}] x"))));

        Assert.That((run.Result.IsPartial, run.Result.Losses.Any(loss => told is not null && loss.Text.EndsWith(told, StringComparison.Ordinal))),
            Is.EqualTo((told is not null, told is not null)), string.Join('\n', run.Result.Reasons));
    }

    [Test]
    public async Task Ask_FewItemsWithoutText_IsANote()
    {
        var run = await ProgramRun.RunAsync(
            "answer context | lines | map llm \"Why?\" as bool", string.Join('\n', Enumerable.Range(1, 30)) + "\n\n.", new ScriptedChatClient(_ => string.Join('\n', Enumerable.Range(1, 40).Select(i => $"[{i}] true"))));

        Assert.That((run.Result.IsPartial, run.Result.Notes.Count(note => note.EndsWith("1 of 32 items holds nothing to be asked about", StringComparison.Ordinal))), Is.EqualTo((false, 1)));
    }
}
