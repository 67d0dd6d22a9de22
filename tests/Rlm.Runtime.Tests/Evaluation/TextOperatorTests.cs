using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators;

namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>Operators of one text, lifted over lists.</summary>
internal sealed class TextOperatorTests
{
    private static IEnumerable<string> Names => OperatorCatalog.All.Where(
        signature => signature is { Input: OperatorInput.Text, IsPaid: false }).Select(signature => signature.Name);

    [TestCaseSource(nameof(Names))]
    public void Find_OperatorOfTexts_ReadsItsArgumentsOnceAStage(string name) =>
        Assert.That(OperatorTable.ByName[name], Is.InstanceOf<TextOperator>());

    [TestCase("extract /(?<k>\\w+)=(?<v>\\w+)/ | map \"{k}:{v}\"", "a:1\nb:2\nc:3")]
    [TestCase("extract /(?<k>\\w+)=(?<v>\\w+)/ as {v: number} | sum v", "6")]
    [TestCase("extract \"{k}={v}\" as {v: number} | where v > 1 | count by k", "| k | count |\n|---|---|\n| y b | 1 |\n| z c | 1 |")]
    [TestCase("grep /=2/", "y b=2")]
    [TestCase("split \"=\"", "x a\n1\ny b\n2\nz c\n3")]
    [TestCase("split /[ =]/ | count", "9")]
    [TestCase("words | count", "9")]
    [TestCase("lines | count", "3")]
    public async Task RunAsync_OverAList_IsThatOfEachItem(string stages, string answer)
    {
        var run = await ProgramRun.RunAsync($"answer context | lines | {stages}", "x a=1\ny b=2\nz c=3\n", new ScriptedChatClient());

        Assert.That(run.Answer, Is.EqualTo(answer));
    }
}
