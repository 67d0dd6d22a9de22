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
