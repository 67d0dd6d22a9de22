using Rlm.Dsl.Tests.Diagnostics;

namespace Rlm.Dsl.Tests.Binding;

/// <summary>An argument whose type tells what a call means is bound once: twice at each level would be a billion times for these.</summary>
internal sealed class NestedFoldsTests
{
    [TestCase("max({0}, n)", false)]
    [TestCase("min(({0} | abs), n)", false)]
    [TestCase("count({0}, /1/)", true)]
    [TestCase("max([{0}], n)", false)]
    public void Compile_ThirtyLevels_Ends(string call, bool hasErrors)
    {
        string nested = Enumerable.Range(0, 30).Aggregate("n", (inner, _) => call.Replace("{0}", inner, StringComparison.Ordinal));

        var program = ErrorCases.Compile($"let n = 1\ncontext | lines | map {nested}");

        Assert.That(program.HasErrors, Is.EqualTo(hasErrors), string.Join('\n', program.Diagnostics.Select(diagnostic => diagnostic.Message)));
    }
}
