namespace Rlm.Runtime.Tests.Operators;

/// <summary>What the holes of an <c>extract</c> template hold, by their types and by what stands behind them.</summary>
internal sealed class ExtractHolesTests
{
    [TestCase("the fee is EUR 12,500.00.", "EUR {x}.", "12,500.00")]
    [TestCase("09:00 GET /a 200 227ms user=b", "{x:int}ms", "227")]
    [TestCase("09:00 GET /a 200 227ms user=b", "{status:int} {x:number}ms", "227")]
    [TestCase("took 5 ms, then 7", "then {x:int}", "7")]
    [TestCase("by amy yesterday", "by {x:word}", "amy")]
    [TestCase("2026-03-01 09:05:00 INFO up", "{x:yyyy-MM-dd HH:mm:ss} {level}", "2026-03-01 09:05:00")]
    [TestCase("2026-03-01 09:05:00 INFO up", "{x:date} {time} {level}", "2026-03-01")]
    public async Task Run_Template_TakesWhatItsHoleMeans(string line, string template, string expected)
    {
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString(line + "\n"))]);
        var result = await session.RunAsync($"context | extract \"{template}\" | get x");

        Assert.That(result.Answer, Is.EqualTo(expected));
        Assert.That(result.IsPartial, Is.False);
    }
}
