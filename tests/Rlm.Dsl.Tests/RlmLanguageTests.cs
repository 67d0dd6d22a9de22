using Rlm.Dsl.Tests.Formatting;

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
            Assert.That(signature.Examples, Is.Not.Empty, signature.Name);
            foreach (var example in signature.Examples)
            {
                var program = RlmProgram.Compile(example.Program);
                Assert.That((program.HasErrors, program.IsPaid), Is.EqualTo((false, example.Replies.Count > 0)), example.Program);
            }
        }

        Assert.That(RlmLanguage.Operators.Select(signature => signature.Name), Is.Unique);
    }

    [Test]
    public void Highlight_Program_TellsEachStretch()
    {
        const string Text = "# first\nlet n = context | grep /x+/i | where it contains \"a{upper(it)}b\" and true # why\nanswer n | first 5\n// end\n";

        Assert.That(Highlight(Text), Is.EqualTo(new[]
        {
            "Comment # first", "Keyword let", "Operator grep", "Pattern /x+/i", "Operator where", "Keyword contains", "Text \"a{", "Function upper",
            "Text }b\"", "Keyword and", "Literal true", "Comment # why", "Keyword answer", "Operator first", "Literal 5", "Comment // end",
        }));
    }

    [TestCase("context | | |\nanswer context | count", "Keyword answer, Operator count", TestName = "Highlight_BrokenStatement_LeavesTheOthers")]
    [TestCase("answer \"open", "", TestName = "Highlight_OpenText_TellsNothing")]
    [TestCase("", "", TestName = "Highlight_Nothing_TellsNothing")]
    public void Highlight_Error_TellsTheRest(string text, string told) => Assert.That(string.Join(", ", Highlight(text)), Is.EqualTo(told));

    [Test]
    public void Highlight_EveryProgram_HasStretchesInOrder()
    {
        foreach (string text in ProgramTexts.Own.Distinct())
        {
            int end = 0;
            foreach (var token in RlmLanguage.Highlight(text))
            {
                Assert.That((token.Span.Start >= end, token.Span.Length > 0, token.Span.End <= text.Length), Is.EqualTo((true, true, true)), text);
                end = token.Span.End;
            }
        }
    }

    private static string[] Highlight(string text) =>
        [.. RlmLanguage.Highlight(text).Select(token => $"{token.Kind} {text.Substring(token.Span.Start, token.Span.Length)}")];

    /// <summary>What stands in brackets, also inside of other brackets, has a text.</summary>
    [Test]
    public void Operators_Options_AreAllThatMayBeLeftOut()
    {
        foreach (var signature in RlmLanguage.Operators)
        {
            Assert.That(signature.Options.Select(option => option.Form), Is.EqualTo(BracketsOf(signature.Usage)), signature.Name);
            foreach (var (form, text) in signature.Options)
                Assert.That(text, Is.Not.Empty.And.Not.EndsWith("."), $"{signature.Name}: {form}");
        }
    }

    [TestCase("top", "with ties", "keep all that tie with the last")]
    [TestCase("fill", "with VALUE", "what the other fields of a new row hold; without it, 0 in counts, else none")]
    [TestCase("pivot", "with VALUE", "what a cell without a row holds; without it, 0 in counts, else none")]
    public void Operators_OptionsOfOneWord_HaveTextsOfTheirOwn(string name, string form, string text) =>
        Assert.That(RlmLanguage.Operators.Single(signature => signature.Name == name).Options, Does.Contain((form, text)));

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

    private static IEnumerable<string> BracketsOf(string usage)
    {
        var open = new Stack<int>();
        var found = new SortedList<int, string>();
        for (int i = 0; i < usage.Length; i++)
        {
            if (usage[i] == '[')
                open.Push(i + 1);
            else if (usage[i] == ']' && open.Pop() is var start)
                found.Add(start, usage[start..i]);
        }

        return found.Values.Distinct();
    }
}
