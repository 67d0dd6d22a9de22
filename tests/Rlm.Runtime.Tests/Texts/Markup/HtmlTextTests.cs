using static Rlm.Runtime.Tests.Texts.Markup.MarkupRun;

namespace Rlm.Runtime.Tests.Texts.Markup;

internal sealed class HtmlTextTests
{
    [TestCase("<h1>A</h1><p>b <b>c</b>\n  d<p>e", "A\n\nb c d\n\ne")]
    [TestCase("a<br>b<br><br>c<br/><br/><br/>d", "a\nb\n\nc\n\nd")]
    [TestCase("<div>a</div><div><div>b</div></div>c", "a\nb\nc")]
    [TestCase("a<hr>b", "a\n\nb")]
    [TestCase("<title>T &amp; t</title><head><meta x><link y></head><body>b", "T & t\n\nb")]
    [TestCase("a<script>if (a<b) '</b>'</script>b<style>p{}</style>c<template><p>x<template>y</template>z</template>d<!-- e <p> -->f", "abcdf")]
    [TestCase("<template><script></template></script>x</template>a", "a")]
    [TestCase("a<script>never ended <p>b", "a")]
    [TestCase("<textarea> <b> </textarea>", "<b>")]
    [TestCase("&lt;b&gt; &eacute;&#x41;&#66; &copy &notit; a&nbsp;b", "<b> éAB © ¬it; a b")]
    [TestCase("<a href=x>link</a>, <img src=y alt='a &quot;cat&quot;'>!", "link, a \"cat\"!")]
    [TestCase("<pre>\n  a\n\n   b &lt; c\n</pre>d", "  a\n\n   b < c\n\nd")]
    [TestCase("", "")]
    [TestCase("<p> \n </p><div></div>", "")]
    [TestCase("a < b and c > d & e", "a < b and c > d & e")]
    [TestCase("<P CLASS=x>A</P  ><unknown-tag>b</unknown-tag>", "A\n\nb")]
    [TestCase("a<svg><style/><title>t</title></svg>b", "a\n\nt\n\nb")]
    [TestCase("a</p></div></ul></td></table></svg></pre>b", "a\n\nb")]
    [TestCase("<![CDATA[x]]><?php echo 1 ?><!DOCTYPE html>a", "a")]
    [TestCase("<noscript>a</noscript><select><option>b<option>c</select>", "a\n\nb\nc")]
    public void Write_Document_IsItsText(string html, string text) => Assert.That(OfHtml(html), Is.EqualTo(text));

    [TestCase("<p>a<ul><li>b<li><p>c</p><p>d</p><li></ul><p>e", "a\n\n- b\n- c\n\nd\n\ne")]
    [TestCase("<ol><li>a<ol start=3><li>b<ul><li>c</ul></ol><li>d</ol>", "1. a\n  3. b\n    - c\n2. d")]
    [TestCase("<li>a<li>b", "- a\n- b")]
    [TestCase("<ol start=x><li>a</ol><ol start=99999999999><li>b</ol>", "1. a\n\n1. b")]
    [TestCase("<dl><dt>a<dd>b<dt>c<dd>d</dl>", "a\nb\nc\nd")]
    public void Write_Lists_KeepTheirItems(string html, string text) => Assert.That(OfHtml(html), Is.EqualTo(text));

    [TestCase("<table><caption>T</caption><tr><th>a<th>b<tr><td>c</td><td>d</td></tr></table>e", "T\n| a | b |\n| c | d |\n\ne")]
    [TestCase("<table><tr><td><p>a</p></td><td></td><td><div>c</div></td></tr><tr><td><td>d</table>", "| a |  | c |\n|  | d |")]
    [TestCase("<table><tr><td>a<table><tr><td>b<td>c</table><td>d</table>", "| a\n\n| b | c | | d |")]
    [TestCase("<table><tr><td><p>a</p><p>b</p></td></tr></table>", "| a\n\nb |")]
    [TestCase("<td>a<td>b", "a | b")]
    [TestCase("<table><tr><td>y</td><td></td><td> </td></tr><tr><td></td><td></td></tr><tr><td></td><td>x</td></tr></table>z", "| y |  |  |\n|  |  |\n|  | x |\n\nz")]
    [TestCase("<table><tr><td>a<td><tr><td>b<td></table>c", "| a |  |\n| b |  |\n\nc")]
    [TestCase("<table><tr><td>a<td><ul><li>b</ul><td></table>", "| a | \n- b |  |")]
    public void Write_Tables_SeparateCells(string html, string text) => Assert.That(OfHtml(html), Is.EqualTo(text));

    private static IEnumerable<TestCaseData> Hostile()
    {
        const int Count = 500_000;
        foreach (string part in (string[])["<", "<div>", "</div", "<ul><li>", "<table><td>", "<a b", "&", "&#x41;&amp", "<!--", "<pre>",
            "<svg>", "<template>", "<b><p>", "<select><option>a", "</", "<td>"])
            yield return new TestCaseData(string.Concat(Enumerable.Repeat(part, Count))).SetArgDisplayNames(part);
        yield return new TestCaseData($"<a {string.Concat(Enumerable.Range(0, Count / 5).Select(i => $"a{i}=1 "))}>b")
            .SetArgDisplayNames("attributes");
        yield return new TestCaseData(
            $"{string.Concat(Enumerable.Repeat("<p>", Count))}{string.Concat(Enumerable.Repeat("</div>", Count))}").SetArgDisplayNames("ends");
    }

    // What takes more than linear time would take hours at these sizes, and what calls itself for each level would end the process.
    [TestCaseSource(nameof(Hostile))]
    [CancelAfter(60_000)]
    public void Write_HostileDocument_Ends(string html) => Assert.That(OnSmallStack(() => OfHtml(html)), Is.Not.Null);
}
