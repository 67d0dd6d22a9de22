using static Rlm.Runtime.Tests.Texts.Markup.MarkupRun;

namespace Rlm.Runtime.Tests.Texts.Markup;

internal sealed class MarkdownTextTests
{
    [TestCase("# A *b*\n\nc **d** `e*` ~~f~~\ng\n\nH\n===\ni", "A b\n\nc d e* f\ng\n\nH\n\ni")]
    [TestCase("[a](b \"t\") ![c](d) [e][1] <https://x.test> \\*f\\* &amp; g_h_i\n\n[1]: y\n", "a c e https://x.test *f* & g_h_i")]
    [TestCase("* a\n* b\n  * c\n\n> d\n> e\n\n3) f\n4) g", "- a\n- b\n  - c\n\nd\ne\n\n3) f\n4) g")]
    [TestCase("- a\n\n  b\n\n- c\n\nd", "- a\n\nb\n\n- c\n\nd")]
    [TestCase("a\n\n```cs\nvar *x* = 1;\n\n  # y\n```\n\n    indented *code*\n\n~~~\n```\n~~~\nb", "a\n\nvar *x* = 1;\n\n  # y\n\nindented *code*\n\n```\n\nb")]
    [TestCase("```\nnever *ended*", "never *ended*")]
    [TestCase("1. a\n   ```\n   b\n   ```\n", "1. a\n\nb")]
    [TestCase("| a | **b** |\n|---|---|\n| c \\| d | e |\n", "| a | b |\n|---|---|\n| c | d | e |")]
    [TestCase("a<br>b <img alt='c'> <b>d</b>\n\n<div>\n<p>e &lt;</p>\n<script>x</script>\n</div>\n\n<!-- f -->\n", "a\nb c d\n\ne <")]
    [TestCase("---\ntitle: *T*\n---\n\n# a\n", "title: *T*\n\na")]
    [TestCase("+++\nt = 1\n+++\na", "t = 1\n\na")]
    [TestCase("---\n\na: b\n\n---\nc", "a: b\n\nc")]
    [TestCase("---\na\n", "a")]
    [TestCase("a\r\nb\r\n\r\n```\r\nc\r\n```\r\n", "a\nb\n\nc")]
    [TestCase("[ ] a [x] b ^c^ 1*2*3", "[ ] a [x] b ^c^ 123")]
    [TestCase("pages [12 and [13](u)\n\nprice a[i] *x* [TODO fix", "pages [12 and 13\n\nprice a[i] x [TODO fix")]
    [TestCase("see [ref][r] here\n\n![alt\n\na ]b[\n\na*b[c\n\n**a ~~b _c", "see [ref][r] here\n\n![alt\n\na ]b[\n\na*b[c\n\n**a ~~b _c")]
    [TestCase("- <b>a</b>\n- b\n- <i></i>\n\nc", "- a\n- b\n\nc")]
    [TestCase("<ul><li>\n\n*a*\n\n</li></ul>\n\nb", "- a\n\nb")]
    [TestCase("", "")]
    [TestCase("\n \n\n", "")]
    public void Write_Document_IsItsText(string markdown, string text) => Assert.That(OfMarkdown(markdown), Is.EqualTo(text));

    [TestCase("<script>", "</script>")]
    [TestCase("<STYLE a='b'>", "x</Style>")]
    [TestCase("<!-- c", "-->")]
    [TestCase("<?php", "?>")]
    [TestCase("<!DOCTYPE x", ">")]
    [TestCase("<![CDATA[", "]]>")]
    public void Write_LongHiddenHtml_IsLeftOut(string start, string end)
    {
        string hidden = string.Concat(Enumerable.Repeat("if (a[0]) b();\n\n```\n", 700));
        Assert.That(OfMarkdown($"# T\n\na\n{start}\n{hidden}{end} *c*\n\n*d*\n"), Is.EqualTo("T\n\na\n\n*c*\n\nd"));
    }

    [TestCase("<!-- a -->b\n\n*c*", "b\n\nc")]
    [TestCase("<scripts>\n\na", "a")]
    [TestCase("- a\n  <!-- b\n\nc", "- a\n\nc")]
    [TestCase("```\n<!--\n```\na", "<!--\n\na")]
    [TestCase("a\n\n<!--\n\nb", "a")]
    public void Write_HiddenHtml_EndsWhereItDoes(string markdown, string text) => Assert.That(OfMarkdown(markdown), Is.EqualTo(text));

    [Test]
    public void Write_LongDocument_IsThatOfItsParts()
    {
        string part = "## Head *line*\n\nSome **words** and a [link](x),\nin two lines.\n\n1. one\n2. two\n\n```\n*code*\n```\n\n";
        string text = "Head line\n\nSome words and a link,\nin two lines.\n\n1. one\n2. two\n\n*code*\n\n";
        Assert.That(
            OfMarkdown(string.Concat(Enumerable.Repeat(part, 2_000))), Is.EqualTo(string.Concat(Enumerable.Repeat(text, 2_000))[..^2]));
    }

    [Test]
    public void Write_LongLine_KeepsEveryWord()
    {
        string line = string.Join(' ', Enumerable.Range(0, 50_000).Select(i => $"wörd{i}"));
        string blankless = new('ö', 100_000);
        Assert.That(OfMarkdown($"{line}\n\n{blankless}"), Is.EqualTo($"{line}\n\n{blankless}"));
    }

    [Test]
    public void Write_NestedTooDeeply_KeepsThePiece()
    {
        var tooDeep = new List<long>();
        string quotes = new('>', 100_000);
        string text = OnSmallStack(() => OfMarkdown($"# a\n\n{quotes} b\n", tooDeep.Add));
        Assert.That(tooDeep, Is.Not.Empty);
        Assert.That(text.Count(c => c == '>'), Is.EqualTo(quotes.Length));
        Assert.That(text, Does.EndWith(" b"));
    }

    [Test]
    public void Write_Cancelled_EndsWithinALine()
    {
        using var source = new CancellationTokenSource();
        int pieces = 0;
        string line = string.Concat(Enumerable.Repeat("> ", 100_000));

        Assert.That(() => OfMarkdown(line, _ => Cancel(), source.Token), Throws.InstanceOf<OperationCanceledException>());
        Assert.That(pieces, Is.EqualTo(1));

        void Cancel()
        {
            pieces++;
            source.Cancel();
        }
    }

    private static IEnumerable<TestCaseData> Hostile()
    {
        foreach (string part in (string[])["> ", "[", "*a ", "*a_ ", "[a](b", "![", "<", "- ", "|a", "`a``", "&", "~~a", "<a ", "<!--", "]",
            "a\n: b\n", "> a\n\n- b\n\n", "    - a\n", "\\", "\0", "***a", "[a]: b\n", "<div>\n", "# ", "1. ", "\n", " ", "```\n~~~\n"])
            yield return new TestCaseData(string.Concat(Enumerable.Repeat(part, 200_000 / part.Length))).SetArgDisplayNames(part);
        yield return new TestCaseData("|"
            + string.Concat(Enumerable.Repeat("a|", 5_000))
            + "\n|"
            + string.Concat(Enumerable.Repeat("-|", 5_000))
            + "\n"
            + string.Concat(Enumerable.Repeat("|\n", 50_000))).SetArgDisplayNames("table");
        yield return new TestCaseData(string.Concat(Enumerable.Range(0, 2_000).Select(i => new string(' ', i) + "- a\n")))
            .SetArgDisplayNames("list");
        yield return new TestCaseData(string.Concat(Enumerable.Range(0, 20_000).Select(i => $"[a{i}]: b\n")))
            .SetArgDisplayNames("references");
    }

    // What takes more than linear time, or a call for each level, on a piece of some size is kept from it by the size of the pieces.
    [TestCaseSource(nameof(Hostile))]
    [CancelAfter(60_000)]
    public void Write_HostileDocument_Ends(string markdown) => Assert.That(OnSmallStack(() => OfMarkdown(markdown)), Is.Not.Null);
}
