using Rlm.Runtime.Models;

namespace Rlm.Runtime.Tests.Execution;

internal sealed class SliceConditionTests
{
    private const string Text = "alpha beta\r\nbeta\n\nAlphabet\ngamma é\n";

    [TestCase("it contains \"beta\"")]
    [TestCase("not it contains \"é\"")]
    [TestCase("it starts with \"beta\"")]
    [TestCase("it ends with \"beta\"")]
    [TestCase("it matches /^.{4}$|\\bé$/")]
    [TestCase("it matches /(?i)ALPHA/")]
    [TestCase("it contains \"\"")]
    public async Task Where_OverBytes_AgreesWithValues(string condition)
    {
        var bytes = await ProgramRun.RunAsync($"answer context | lines | where {condition} | join \"|\"", Text, new OfflineChatClient());
        var values = await ProgramRun.RunAsync($"answer context | lines | where ({condition}) and true | join \"|\"", Text, new OfflineChatClient());
        Assert.That(bytes.Answer, Is.EqualTo(values.Answer).And.Not.Empty);
    }
}
