namespace Rlm.Cli.Tests;

internal sealed class ExitCodesTests
{
    [TestCase(RlmOutcome.Answered, 0)]
    [TestCase(RlmOutcome.NoAnswer, 1)]
    [TestCase(RlmOutcome.ProgramErrors, 3)]
    [TestCase(RlmOutcome.LimitReached, 4)]
    [TestCase(RlmOutcome.Failed, 5)]
    public void Of_Outcome_IsTheDocumentedCode(RlmOutcome outcome, int code) => Assert.That(ExitCodes.Of(outcome), Is.EqualTo(code));

    [Test]
    public void All_EveryOutcome_IsListed() =>
        Assert.That(ExitCodes.All.Select(entry => entry.Code), Is.SupersetOf(Enum.GetValues<RlmOutcome>().Select(ExitCodes.Of).Distinct()).And.Unique);
}
