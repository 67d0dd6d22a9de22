namespace Rlm.Runtime.Tests.Issues;

/// <summary>What rests on nothing says so: a sum of values that are all none, and a pattern that is none.</summary>
internal sealed class Issue15_NothingTests
{
    private const string Table = "k,n\na,2\nb,\nc,5\nb,\n";

    [TestCase("where k == \"b\" | sum n", "none")]
    [TestCase("where k == \"z\" | sum n", "0")]
    [TestCase("sum n", "7")]
    [TestCase("sum n by k | map \"{k} {sum}\" | join \";\"", "a 2;b none;c 5")]
    [TestCase("where k == \"b\" | aggregate s = sum(n), m = average(n), c = count(n != none) | map \"{s} {m} {c}\"", "none none 0")]
    [TestCase("where n != none | where k == \"b\" | sum n", "0")]
    [TestCase("count distinct n", "2")]
    [TestCase("distinct by n | count", "3")]
    public async Task Run_ValuesThatAreAllNone_HaveNoSum(string stages, string answer)
    {
        var run = await ProgramRun.RunAsync($"answer context | parse csv | {stages}", Table, new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo(answer));
    }

    [TestCase("grep \"[a-z],[0-9]\"", true)]
    [TestCase("grep \"[a-z],[0-9]\" | count", true)]
    [TestCase("lines | grep \"^.*,5\" | count", true)]
    [TestCase("grep \"b.*\" not | count", false)]
    [TestCase("grep \"q\" | count", false)]
    [TestCase("grep /[a-z],[0-9]/ | count", false)]
    public async Task Run_TextLikeARegexThatNothingHas_IsALoss(string stages, bool isLost)
    {
        var run = await ProgramRun.RunAsync($"answer context | {stages}", Table, new ScriptedChatClient());

        Assert.That(run.Result.Losses.Select(loss => loss.Text.Contains("looks like a regular expression")), Is.EqualTo(isLost ? new[] { true } : []));
    }

    [Test]
    public async Task Run_TextLikeARegexThatALineHas_IsFound()
    {
        var run = await ProgramRun.RunAsync("answer context | grep \"a.*b\" | count", "xa.*b\naxb\n", new ScriptedChatClient());

        Assert.That((run.Answer, run.Result.Losses.Count), Is.EqualTo(("1", 0)));
    }

    [TestCase("let p = context | parse csv | where k == \"b\" | first | get n\ncontext | grep p")]
    [TestCase("let p = context | parse csv | where k == \"b\" | first | get n\ncontext | grep \"{p}\"")]
    [TestCase("let p = context | parse csv | where k == \"z\" | first | get k\ncontext | lines | grep \"k={p}\" | count")]
    [TestCase("let p = context | parse csv | where k == \"b\" | first | get n\ncontext | split p")]
    public async Task Run_PatternThatIsNone_IsAnError(string program)
    {
        var run = await ProgramRun.RunAsync(program, Table, new ScriptedChatClient());

        Assert.That(run.Result.Diagnostics.Select(diagnostic => diagnostic.Message), Is.EqualTo(new[] { "the text to look for is none" }));
    }
}
