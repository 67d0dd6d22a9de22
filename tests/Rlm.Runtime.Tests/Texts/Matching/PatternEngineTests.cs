using System.Text.RegularExpressions;
using Rlm.Runtime.Texts.Matching;

namespace Rlm.Runtime.Tests.Texts.Matching;

internal sealed class PatternEngineTests
{
    private const RegexOptions Options = RegexOptions.NonBacktracking | RegexOptions.CultureInvariant | RegexOptions.Multiline;

    /// <summary>An error is told where the pattern stands, and not where the engine is first needed.</summary>
    [TestCase("(a", "the pattern is not a regular expression: ")]
    [TestCase("(?=a)", "the pattern needs more than linear time: ")]
    [TestCase("(?:(?:ab?){100}c){100}", "the pattern is too large to run in linear time")]
    public void New_PatternThatIsRefused_Throws(string expression, string message) =>
        Assert.That(() => new PatternEngine(expression, Options), Throws.TypeOf<PatternException>().With.Message.StartsWith(message));

    /// <summary>What is not made at once has to be one that the engine takes.</summary>
    [TestCase("(?<x>[a-z]{1000})")]
    [TestCase("(?:(?:ab?){10}c|d*){30}")]
    [TestCase("(?:(?:){1000}){1000}a{0,1000}")]
    public void Regex_AsLargeAsCanBeUnmade_IsMade(string expression) =>
        Assert.That(new PatternEngine(expression, Options).Regex.ToString(), Is.EqualTo(expression));
}
