namespace Rlm.Runtime.Tests.Values;

/// <summary>Numbers at the ends of what can be computed with: none, never the last number that there is.</summary>
internal sealed class NumberRangeTests
{
    [TestCase("parse csv | sum v", "none")]
    [TestCase("parse csv | mean v", "none")]
    [TestCase("parse csv | max v", "1e500")]
    [TestCase("parse csv | extend n = v + 1 | map n", "none\n6\nnone")]
    [TestCase("parse csv | sort by v | map v", "-1e500\n5\n1e500")]
    public async Task RunAsync_NumbersBeyondDouble_AreNeverItsLast(string program, string answer) =>
        Assert.That((await Session("v\n1e500\n5\n-1e500\n").RunAsync(program)).Answer, Is.EqualTo(answer));

    [TestCase("answer number(\"1e400\")", "none")]
    [TestCase("answer number(\"1e-400\")", "none")]
    [TestCase("parse csv | map number(v)", "none\n5\nnone")]
    [TestCase("parse csv | stdev v", "none")]
    public async Task RunAsync_TextBeyondDouble_IsNoNumber(string program, string answer)
    {
        var result = await Session("v\n1e500\n5\n-1e500\n").RunAsync(program);

        Assert.That((result.Answer, result.Notes.Count), Is.EqualTo((answer, 1)));
    }

    [TestCase("x,y\n1e160,1\n2e160,2\n4e160,3\n", "correlation(x, y)", "0.981981")]
    [TestCase("x,y\n1e-170,1\n2e-170,2\n4e-170,3\n", "correlation(x, y)", "0.981981")]
    [TestCase("x\n1e160\n2e160\n3e160\n", "stdev(x)", "1E+160")]
    [TestCase("x\n1e-170\n2e-170\n3e-170\n", "stdev(x)", "1E-170")]
    [TestCase("x\n1e308\n1e308\n", "median(x)", "1E+308")]
    public async Task RunAsync_FoldNearTheEndsOfDouble_IsRight(string table, string fold, string value) =>
        Assert.That((await Session(table).RunAsync($"let rows = context | parse csv\nanswer rows | {fold}")).Answer, Is.EqualTo(value));

    [Test]
    public async Task RunAsync_SumBeyondDouble_IsTold() =>
        Assert.That(
            (await Session("v\n1e500\n5\n").RunAsync("parse csv | sum v")).Notes, Has.Some.Contains("beyond what double holds, so there is no result"));

    [TestCase("1e-28", "0.0000000000000000000000000001")]
    [TestCase("0e-40", "0")]
    [TestCase("1e-30", null)]
    [TestCase("0.00000000000000000000000000000001", null)]
    [TestCase("1e500", null)]
    public async Task RunAsync_LiteralThatIsTooSmallOrLarge_IsAnError(string literal, string? answer)
    {
        var result = await Session("").RunAsync($"answer {literal}");

        Assert.That((result.Answer, result.Outcome), Is.EqualTo((answer, answer is null ? RlmOutcome.ProgramErrors : RlmOutcome.Answered)));
    }

    private static RlmSession Session(string context) => new(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString(context))]);
}
