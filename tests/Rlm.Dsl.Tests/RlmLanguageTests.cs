namespace Rlm.Dsl.Tests;

/// <summary>The catalogue as embedders see it.</summary>
internal sealed class RlmLanguageTests
{
    [Test]
    public void Operators_Each_HasAUsageAndExamplesThatCompile()
    {
        foreach (var signature in RlmLanguage.Operators)
        {
            Assert.That(signature.Usage, Does.StartWith(signature.Head));
            Assert.That(signature.Summary, Is.Not.Empty.And.Not.EndsWith("."));
            Assert.That(signature.Examples, signature.IsEvaluated ? Is.Not.Empty : Is.Empty, signature.Name);
            foreach (var example in signature.Examples)
            {
                var program = RlmProgram.Compile(example.Program);
                Assert.That((program.HasErrors, program.IsPaid), Is.EqualTo((false, example.Replies.Count > 0)), example.Program);
            }
        }

        Assert.That(RlmLanguage.Operators.Select(signature => signature.Name), Is.Unique);
    }

    [Test]
    public void Functions_Usage_TellsWhatMayBeLeftOut() =>
        Assert.That(RlmLanguage.Functions.Single(function => function.Name == "slice").Usage, Is.EqualTo("slice(text, from, [to])"));

    [TestCase("answer context | lines | count", false, "context")]
    [TestCase("let n = limit | number\nanswer context | lines | first n", false, "limit, context")]
    [TestCase("let context = \"mine\"\nanswer context", false, "")]
    [TestCase("grep /a/ | count", false, "context")]
    [TestCase("assert length(limit) > 0 \"{context}\"", false, "limit, context")]
    [TestCase("map llm \"?\"", false, "")]
    [TestCase("answer \"<{context | llm \"?\"}>\"", true, "context")]
    [TestCase("let unused = lines | map llm \"?\"\nanswer 1", true, "context")]
    [TestCase("answer cuont(context)", false, "")]
    public void Compile_Program_TellsWhatItReadsAndWhetherItIsPaid(string text, bool isPaid, string variables)
    {
        var program = RlmProgram.Compile(text, "program", ["context", "limit"]);

        Assert.That((program.IsPaid, string.Join(", ", program.Variables)), Is.EqualTo((isPaid, variables)));
    }
}
