namespace Rlm.Dsl.Tests.Operators;

/// <summary>The help of a paid stage has the options that the stage takes, and no other.</summary>
internal sealed class UsableOptionsTests
{
    private static readonly (string Written, string Form)[] Options =
        [("pack 2", "[pack "), ("votes 3", "[votes "), ("calibrate 3", "[calibrate "), ("around 1", "[around "), ("with citations", "citations")];

    [TestCase("llm", "context | llm \"x\"")]
    [TestCase("rlm", "context | rlm \"x\"")]
    [TestCase("map llm", "context | lines | map llm \"x\"")]
    [TestCase("where llm", "context | lines | where llm \"x\"")]
    [TestCase("reduce llm", "context | lines | reduce llm \"x\"")]
    [TestCase("extend llm", "context | lines | extend a = llm \"x\"")]
    public void Usage_Options_AreThoseThatTheCheckTakes(string name, string stage)
    {
        string usage = RlmLanguage.Operators.Single(one => one.Name == name).Usage;
        Assert.That(RlmProgram.Compile(stage).HasErrors, Is.False);

        string[] listed = [.. Options.Where(option => usage.Contains(option.Form, StringComparison.Ordinal)).Select(option => option.Written)];
        string[] taken = [.. Options.Where(option => !RlmProgram.Compile($"{stage} {option.Written}").HasErrors).Select(option => option.Written)];

        Assert.That(listed, Is.EqualTo(taken), usage);
    }
}
