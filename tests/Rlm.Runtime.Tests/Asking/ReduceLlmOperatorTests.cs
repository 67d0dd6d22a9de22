using Rlm.Runtime.Models;

namespace Rlm.Runtime.Tests.Asking;

internal sealed class ReduceLlmOperatorTests
{
    private static readonly ChatClientTraits SmallWindow = new() { WindowTokens = 4_000, MaxOutputTokens = 1_000 };

    [Test]
    public async Task ReduceLlm_FitsOneCall_MakesOne()
    {
        var model = new ScriptedChatClient("merged");

        var run = await ProgramRun.RunAsync("answer context | lines | reduce llm \"Merge.\"", "a\nb", model);

        Assert.That(run.Answer, Is.EqualTo("merged"));
        Assert.That(model.Calls.Single().LastText, Does.Contain("[1] (notes.txt:1) a\n[2] (notes.txt:2) b"));
    }

    [Test]
    public async Task ReduceLlm_SmallWindow_IsATreeInsideItsBound()
    {
        // 2,000 tokens a call, 800 an item: two items a call, five runs, then three, two and one.
        var model = new ScriptedChatClient(call => $"part {call.Index}") { Services = [SmallWindow] };

        var run = await ProgramRun.RunAsync("answer context | lines | reduce llm \"Merge.\"", Long(10), model, new RlmOptions { MaxCalls = 11, Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo("part 10"));
        Assert.That((model.CallCount, run.Result.Usage.Calls), Is.EqualTo((11, 11)));
        Assert.That(model.Calls[5].LastText, Does.Contain("partial results").And.Contain("[1] part 0\n[2] part 1"));
        Assert.That(model.Calls[0].Options!.MaxOutputTokens, Is.LessThan(1_000), "a merge must fit the window");
    }

    [Test]
    public async Task ReduceLlm_TreeDoesNotFitBudget_IsRefusedBeforeAnyCall()
    {
        var model = new ScriptedChatClient { Services = [SmallWindow] };

        var run = await ProgramRun.RunAsync("context | lines | reduce llm \"Merge.\"", Long(10), model, new RlmOptions { MaxCalls = 10 });

        Assert.That(run.Result.Diagnostics.Single().Message, Is.EqualTo("`reduce llm \"Merge.\"` would make 11 calls; 10 are left of 10"));
        Assert.That(model.CallCount, Is.Zero);
    }

    [Test]
    public async Task ReduceLlm_PartFails_IsPartial()
    {
        var model = new ScriptedChatClient(call => call.Index == 0 ? throw new ModelException(ModelFailure.ServerError, "it broke") : "ok") { Services = [SmallWindow] };

        var run = await ProgramRun.RunAsync("answer context | lines | reduce llm \"Merge.\"", Long(6), model, new RlmOptions { Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo("ok"));
        Assert.That(run.Result.Reasons.Single(), Does.EndWith("1 of 3 items failed: it broke"));
    }

    [Test]
    public async Task ReduceLlm_ByKey_IsOneResultAGroup()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("bob", StringComparison.Ordinal) ? "B" : "A");

        var run = await ProgramRun.RunAsync("answer context | extract \"{user}: {text}\" | reduce llm \"Sum up {user}.\" by user | map \"{user}={text}\"", "ann: x\nbob: y\nann: z", model);

        Assert.That(run.Answer, Is.EqualTo("ann=A\nbob=B"));
        Assert.That((model.CallCount, model.Calls.Any(call => call.LastText.StartsWith("Sum up ann.", StringComparison.Ordinal))), Is.EqualTo((2, true)));
    }

    [Test]
    public async Task ReduceLlm_ByOverNoRows_GivesNoRows()
    {
        var run = await ProgramRun.RunAsync("answer context | lines | where it == \"c\" | reduce llm \"Sum up.\" by it | count", "a\nb", new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo("0"));
    }

    [Test]
    public async Task ReduceLlm_QuoteOverATree_IsFoundInTheItems()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("Merge them", StringComparison.Ordinal) ? "needle" : "It says needle.") { Services = [SmallWindow] };

        var run = await ProgramRun.RunAsync("let q = context | lines | reduce llm \"Quote.\" as quote\nanswer \"{q} [{q.cite}]\"", $"{Long(4)}\na needle", model);

        Assert.That(run.Answer, Is.EqualTo("needle [notes.txt:5]"));
    }

    private static string Long(int items) => string.Join('\n', Enumerable.Range(1, items).Select(number => $"{number} {string.Concat(Enumerable.Repeat("ab ", 690))}"));

    [Test]
    public async Task ReduceLlm_WindowIsSmallerThanSaid_HalvesTheRunsAndMerges()
    {
        var model = new ScriptedChatClient(call => call.LastText.Length > 3_000
            ? throw new ModelException(ModelFailure.PromptTooLong, "too long")
            : call.LastText.Contains("Merge them", StringComparison.Ordinal) ? "merged" : "part");

        var run = await ProgramRun.RunAsync(
            "answer context | lines | reduce llm \"Sum up\"", string.Join('\n', Enumerable.Range(0, 80).Select(i => $"{i} {new string('x', 100)}")), model);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("merged", false)));
        Assert.That(run.Result.Usage.Calls, Is.EqualTo(model.CallCount).And.EqualTo(8));
    }
}
