namespace Rlm.Dsl.Tests.Diagnostics;

/// <summary>Messages that are known to help little. Whoever mends one moves it to Cases/errors.txt.</summary>
internal sealed class PoorMessageTests
{
    [TestCase("answer \"there are {context | lines | count lines\"", "unexpected `lines`; a stage follows `|`", TestName = "An unclosed hole swallows the text behind it")]
    [TestCase("- context | lines | count", "`lines` takes a text, and a number comes in", TestName = "A bullet is read as a negation")]
    public void Compile_Poor_SaysThis(string program, string message) =>
        Assert.That(RlmProgram.Compile(program).Diagnostics.Select(diagnostic => diagnostic.Message), Is.EqualTo(new[] { message }));

    [TestCase("answer \"{1 / 3:.2f}\"", TestName = "A brace before a digit is text, so a format behind it is not seen")]
    [TestCase("answer \"{context | lines | count}}\"", TestName = "A closing brace too many is text")]
    public void Compile_Unseen_SaysNothing(string program) => Assert.That(RlmProgram.Compile(program).Diagnostics, Is.Empty);
}
