using Rlm.Runtime.Asking;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Asking;

/// <summary><c>votes n</c>: the same question several times, the majority's reply, at any parallelism the same.</summary>
internal sealed class VotesTests
{
    [TestCase("a b a", "a")]
    [TestCase("b a a", "a")]
    [TestCase("b a", "b")]
    [TestCase("c b b a a", "b")]
    [TestCase("! b ! !", "b")]
    [TestCase("! !", "!")]
    public void Majority_Replies_IsTheMostFrequentOrTheFirstOfThose(string replies, string expected)
    {
        var values = replies.Split(' ').Select(reply => reply == "!" ? (Value)new FailedValue("!") : new TextValue(reply)).ToArray();

        var majority = Votes.FindMajority(values);

        Assert.That(majority is FailedValue failed ? failed.Reason : majority!.ToString(), Is.EqualTo(expected));
    }

    [TestCase(1)]
    [TestCase(16)]
    public async Task MapLlm_Votes_AsksSoManyTimesAndTakesTheMajority(int parallel)
    {
        int[] asked = new int[4];
        var model = new ScriptedChatClient(call =>
        {
            int item = call.LastText[call.LastText.IndexOf("item ", StringComparison.Ordinal) + 5] - '0';
            int sample = Interlocked.Increment(ref asked[item]);
            return sample == item ? "no" : "yes";
        });

        var run = await ProgramRun.RunAsync(
            "answer context | lines | map llm \"Good?\" as one of [\"yes\", \"no\"] pack 1 votes 3",
            ProgramRun.Items(3),
            model,
            new RlmOptions { Parallel = parallel });

        Assert.That(run.Answer, Is.EqualTo("yes\nyes\nyes"));
        Assert.That((model.CallCount, run.Result.Usage.Calls), Is.EqualTo((9, 9)));
    }

    [Test]
    public async Task WhereLlm_VotesOfAPack_AreCountedForEachRow()
    {
        var model = new ScriptedChatClient("[1] true\n[2] false", "[1] true\n[2] true", "[1] false\n[2] false");

        var run = await ProgramRun.RunAsync(
            "answer context | lines | where llm \"Good?\" votes 3", "a\nb", model, new RlmOptions { Parallel = 1 });

        Assert.That((run.Answer, model.CallCount), Is.EqualTo(("a", 3)));
    }

    [Test]
    public async Task Llm_SameQuestionWithFewerVotes_CostsNothingMore()
    {
        var model = new ScriptedChatClient("a", "b", "a");

        var run = await ProgramRun.RunAsync(
            "let x = context | llm \"?\" votes 3\nlet y = context | llm \"?\"\nanswer \"{x} {y}\"",
            "x",
            model,
            new RlmOptions { Parallel = 1 });

        Assert.That((run.Answer, run.Result.Usage.Calls), Is.EqualTo(("a a", 3)));
    }

    [Test]
    public async Task ReduceLlm_Votes_AreForTheLastLevel()
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("Merge them", StringComparison.Ordinal)
            ? "merged"
            : "part")
        { Services = [new ChatClientTraits { WindowTokens = 4_000 }] };

        var run = await ProgramRun.RunAsync("answer context | lines | reduce llm \"Sum up\" votes 3",
            string.Join('\n', Enumerable.Range(0, 2).Select(i => $"{i}{new string('x', 6_000)}")), model);

        Assert.That(run.Answer, Is.EqualTo("merged"));
        Assert.That(model.Calls.Count(call => call.LastText.Contains("Merge them", StringComparison.Ordinal)), Is.EqualTo(3));
        Assert.That(run.Result.Usage.Calls, Is.EqualTo(model.CallCount));
    }

    [Test]
    public async Task MapLlm_VotesDoNotFit_IsRefusedWithThemCounted()
    {
        var run = await ProgramRun.RunAsync(
            "context | lines | map llm \"Why?\" votes 5", ProgramRun.Items(10), new ScriptedChatClient(), new RlmOptions { MaxCalls = 40 });

        Assert.That(
            run.Result.Diagnostics.Single().Message, Is.EqualTo("`map llm \"Why?\" votes 5` would make 50 calls; 40 are left of 40"));
    }

    [Test]
    public async Task MapLlm_TokensRunOutBetweenVotes_NotesIt()
    {
        var model = new ScriptedChatClient(_ => string.Join(
            ' ', Enumerable.Repeat("yes", 60)))
        { Services = [new ChatClientTraits { WindowTokens = 4_000, MaxOutputTokens = 100 }] };

        var run = await ProgramRun.RunAsync(
            "answer context | lines | map llm \"Good?\" votes 3", "a", model, new RlmOptions { Parallel = 1, MaxOutputTokens = 101 });

        Assert.That(run.Answer, Does.StartWith("yes yes"));
        Assert.That(model.CallCount, Is.InRange(1, 2));
        Assert.That(run.Notes, Has.Some.Contains("was decided by fewer votes than asked for"));
    }

    [Test]
    public async Task MapLlm_MoreVotesThanAProgramMayAskFor_IsRefused()
    {
        var run = await ProgramRun.RunAsync(
            "let n = 1000000 * 1000\nanswer context | lines | map llm \"Good?\" votes n", "a", new ScriptedChatClient());

        Assert.That(run.Result.Reasons.Single(), Is.EqualTo("`map llm` takes a whole number of at most 101 here, not 1000000000"));
    }
}
