using Microsoft.Extensions.AI;
using Rlm.Runtime.Texts.Measures;

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

        var run = await ProgramRun.RunAsync(
            "answer context | lines | reduce llm \"Merge.\"", Long(10), model, new RlmOptions { MaxCalls = 11, Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo("part 10"));
        Assert.That((model.CallCount, run.Result.Usage.Calls), Is.EqualTo((11, 11)));
        Assert.That(model.Calls[5].LastText, Does.Contain("partial results").And.Contain("[1] part 0\n[2] part 1"));
        Assert.That(model.Calls[0].Options!.MaxOutputTokens, Is.LessThan(1_000), "a merge must fit the window");
    }

    [Test]
    public async Task ReduceLlm_SourceWithALongName_KeepsEachPromptInTheWindow()
    {
        var model = new ScriptedChatClient(_ => "part") { Services = [SmallWindow] };
        var source = TextSource.FromString(
            string.Join('\n', Enumerable.Range(1, 400)), string.Concat(Enumerable.Repeat("complaints of the second quarter, ", 8)));

        var run = await ProgramRun.RunAsync(
            new RlmSession(model, [RlmVariable.Text("context", source)]), "answer context | lines | reduce llm \"Merge.\"");

        Assert.That(run.Answer, Is.EqualTo("part"));
        Assert.That(
            model.Calls.Select(call => TokenEstimate.OfText(call.LastText) + call.Options!.MaxOutputTokens!.Value),
            Is.All.LessThanOrEqualTo(4_000));
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
        var model = new ScriptedChatClient(
            call => call.Index == 0 ? throw new ModelException(ModelFailure.ServerError, "it broke") : "ok")
        { Services = [SmallWindow] };

        var run = await ProgramRun.RunAsync(
            "answer context | lines | reduce llm \"Merge.\"", Long(6), model, new RlmOptions { Parallel = 1 });

        Assert.That(run.Answer, Is.EqualTo("ok"));
        Assert.That(run.Result.Reasons.Single(), Does.EndWith("1 of 3 items failed: it broke"));
    }

    [Test]
    public async Task ReduceLlm_ByKey_IsOneResultAGroup()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("bob", StringComparison.Ordinal) ? "B" : "A");

        var run = await ProgramRun.RunAsync(
            "answer context | extract \"{user}: {text}\" | reduce llm \"Sum up {user}.\" by user | map \"{user}={text}\"",
            "ann: x\nbob: y\nann: z",
            model);

        Assert.That(run.Answer, Is.EqualTo("ann=A\nbob=B"));
        Assert.That(
            (model.CallCount, model.Calls.Any(call => call.LastText.StartsWith("Sum up {user}.", StringComparison.Ordinal)
                && call.LastText.Contains("\nuser: ann\n", StringComparison.Ordinal))),
            Is.EqualTo((2, true)));
    }

    [Test]
    public async Task ReduceLlm_ByOverNoRows_GivesNoRows()
    {
        var run = await ProgramRun.RunAsync(
            "answer context | lines | where it == \"c\" | reduce llm \"Sum up.\" by it | count", "a\nb", new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo("0"));
    }

    [Test]
    public async Task ReduceLlm_QuoteOverATree_IsFoundInTheItems()
    {
        var model = new ScriptedChatClient(call =>
            call.LastText.Contains("Merge them", StringComparison.Ordinal) ? "needle" : "It says needle.")
        { Services = [SmallWindow] };

        var run = await ProgramRun.RunAsync(
            "let q = context | lines | reduce llm \"Quote.\" as quote\nanswer \"{q} [{q.cite}]\"", $"{Long(4)}\na needle", model);

        Assert.That(run.Answer, Is.EqualTo("needle [notes.txt:5]"));
    }

    [TestCase(3, "part 0\n\npart 1\n\npart 2", "the result is its 3 parts, not merged: ")]
    [TestCase(2, "part 0\n\npart 1", "1 of 3 items failed: ", "the result is its 2 parts, not merged: ")]
    [TestCase(4, "part 3\n\npart 2", "the result is its 2 parts, not merged: ")]
    [TestCase(6, "part 5")]
    public async Task ReduceLlm_TokensRunOutBeforeTheMerge_IsThePartsThatThereAre(int calls, string answer, params string[] reasons)
    {
        var run = await RunOutAsync("let s = context | lines | reduce llm \"Merge.\" or skip\nanswer s", 6, calls);

        Assert.That((run.Result.Outcome, run.Result.IsPartial, run.Answer), Is.EqualTo((RlmOutcome.Answered, reasons.Length > 0, answer)));
        Assert.That(
            run.Result.Reasons.Select(reason => reason.Split("the output tokens ran out (")[0]),
            Is.EqualTo(reasons.Select(reason => $"reduce llm \"Merge.\" or skip: {reason}")));
        Assert.That(run.Result.Reasons, Is.All.EndsWith("MaxOutputTokens)"));
    }

    [Test]
    public async Task ReduceLlm_TokensRunOutAmongMerges_KeepsMergedAndUnmergedPartsInOrder()
    {
        // Five parts, then merges of two, two and one.
        var run = await RunOutAsync("answer context | lines | reduce llm \"Merge.\"", 10, calls: 6);

        Assert.That(run.Answer, Is.EqualTo("part 5\n\npart 2\n\npart 3\n\npart 4"));
        Assert.That(run.Result.Reasons.Single(), Does.Contain("the result is its 4 parts, not merged: the output tokens ran out"));
    }

    [TestCase("answer context | lines | reduce llm \"Merge.\" as list of text")]
    [TestCase("answer context | lines | reduce llm \"Merge.\" or fail")]
    [TestCase("answer context | lines | reduce llm \"Merge.\" or \"nothing\"")]
    public async Task ReduceLlm_TokensRunOutWherePartsCannotStandForTheResult_IsAnErrorOfTheLimit(string program)
    {
        var run = await RunOutAsync(program, 6, calls: 3);

        Assert.That((run.Result.Outcome, run.Answer), Is.EqualTo((RlmOutcome.LimitReached, (string?)null)));
        Assert.That(run.Result.Diagnostics.Single(), Has.Property("Id").EqualTo("RLM4101").And.Property("Message")
            .EndsWith("MaxOutputTokens); its 3 parts are lost, since there is no journal"));
    }

    [TestCase("", "a: part 4\nb: part 2\n\npart 3", "1 of 2 results is its parts, not merged: ")]
    [TestCase(" or \"none\"", "a: part 4\nb: none", "1 of 2 items failed: ")]
    public async Task ReduceLlm_ByKeyTokensRunOut_KeepsEachGroupsParts(string or, string answer, string reason)
    {
        string context = string.Join('\n', Long(8).Split('\n').Select((line, place) => $"{(place < 4 ? 'a' : 'b')}: {line}"));

        var run = await RunOutAsync(
            $"answer context | extract \"{{key}}: {{text}}\" | reduce llm \"Merge.\"{or} by key | map \"{{key}}: {{text}}\" | join \"\\n\"",
            context,
            calls: 5);

        Assert.That((run.Result.Outcome, run.Result.IsPartial, run.Answer), Is.EqualTo((RlmOutcome.Answered, true, answer)));
        Assert.That(run.Result.Reasons.Single(), Does.Contain(reason));
    }

    private static Task<ProgramRun> RunOutAsync(string program, int items, int calls) => RunOutAsync(program, Long(items), calls);

    /// <summary>Runs with tokens for so many calls.</summary>
    private static Task<ProgramRun> RunOutAsync(string program, string context, int calls)
    {
        var model = new ScriptedChatClient((call, _) => Task.FromResult(new ChatResponse(
            new ChatMessage(ChatRole.Assistant, $"part {call.Index}"))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 10, OutputTokenCount = 1_000 },
        }))
        { Services = [SmallWindow] };
        return ProgramRun.RunAsync(program, context, model, new RlmOptions { MaxOutputTokens = calls * 1_000, Parallel = 1 });
    }

    private static string Long(int items) =>
        string.Join('\n', Enumerable.Range(1, items).Select(number => $"{number} {string.Concat(Enumerable.Repeat("ab ", 690))}"));

    [Test]
    public async Task ReduceLlm_WindowIsSmallerThanSaid_HalvesTheRunsAndMerges()
    {
        var model = new ScriptedChatClient(call => call.LastText.Length > 3_000
            ? throw new ModelException(ModelFailure.PromptTooLong, "too long")
            : call.LastText.Contains("Merge them", StringComparison.Ordinal) ? "merged" : "part");

        var run = await ProgramRun.RunAsync(
            "answer context | lines | reduce llm \"Sum up\"", string.Join(
                '\n', Enumerable.Range(0, 80).Select(i => $"{i} {new string('x', 100)}")), model);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo(("merged", false)));
        Assert.That(run.Result.Usage.Calls, Is.EqualTo(model.CallCount).And.EqualTo(8));
    }
}
