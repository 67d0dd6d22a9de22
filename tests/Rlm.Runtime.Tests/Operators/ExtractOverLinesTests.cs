namespace Rlm.Runtime.Tests.Operators;

/// <summary>A pattern of <c>extract</c> that matches no line alone, and the lines of texts together.</summary>
internal sealed class ExtractOverLinesTests
{
    private const string Mails = "From: a@x\nTo: t\nDate: d1\nSubject: one\n\nHello,\npay 5\n---\nFrom: b@x\nTo: t\nDate: d2\nSubject: two\n\nHello,\npay 7\n";

    [TestCase(@"context | extract /From: (?<f>\S+)\s+To: (?<t>\S+)/ | get f", "a@x\nb@x")]
    [TestCase(@"context | extract /Subject: (?<s>\w+)\s*/ | get s", "one\ntwo")]
    public async Task Run_NoLineMatches_MatchesOverLines(string program, string expected)
    {
        foreach (string text in new[] { Mails, Mails.ReplaceLineEndings("\r\n") })
        {
            var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString(text))]);
            var result = await session.RunAsync(program);

            Assert.That(result.Answer?.ReplaceLineEndings("\n").Trim(), Is.EqualTo(expected), program);
        }
    }

    [Test]
    public async Task Run_NoLineMatches_SaysSo()
    {
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString(Mails))]);
        var result = await session.RunAsync(@"context | extract /From: (?<f>\S+)\s+To:/ | count");

        Assert.That(result.Notes, Has.Some.Contains("over the lines of each text"));
    }

    [Test]
    public async Task Run_NothingMatchesEither_IsAnError()
    {
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString(Mails))]);
        var result = await session.RunAsync(@"context | extract /Nobody: (?<f>\S+)\s+To:/ | count");

        Assert.That(result.Outcome, Is.EqualTo(RlmOutcome.ProgramErrors));
        Assert.That(result.Diagnostics.Single().Message, Does.Contain("matched none of"));
    }
}
