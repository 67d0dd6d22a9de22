using static Rlm.Runtime.Tests.Texts.Markup.MarkupRun;

namespace Rlm.Runtime.Tests.Texts.Markup;

internal sealed class MainContentTests
{
    private const string Prose =
        "<p>The harbour was rebuilt in 1904 after the great fire, and its walls have been raised twice since.</p>"
        + "<p>Its cranes lift forty tons. A ferry leaves each hour for the islands, in winter every second hour.</p>";

    private const string ProseText =
        "The harbour was rebuilt in 1904 after the great fire, and its walls have been raised twice since.\n\n"
        + "Its cranes lift forty tons. A ferry leaves each hour for the islands, in winter every second hour.";

    [TestCase("<title>T</title><nav>Home</nav><main>", "</main><footer>Imprint</footer>", "T\n\n", "", "of navigation at 16, at the edges of the page at FOOTER")]
    [TestCase("<div>Logo</div><div role=main>", "</div><div role='contentinfo'>Imprint</div>", "", "", "outside of its main element at 0, at the edges of the page at FOOTER")]
    [TestCase("<header>Logo</header><article><header><h1>H</h1></header>", "<footer>by A</footer></article>", "H\n\n", "\n\nby A", "at the edges of the page at 0")]
    [TestCase("<body class=cookie-shown><div id=cookie-banner>We use cookies</div>", "", "", "", "of dialogs at 25")]
    [TestCase("<div style='color:red; DISPLAY : none'>x</div><section hidden>z</section>", "", "", "", "that the page hides at 0, that the page hides at 46")]
    [TestCase("", "<ul><li><a href=a>one more</a><li><a href=b>two more</a><li><a href=c>three more</a></ul>", "", "", "of links at FOOTER")]
    [TestCase("<header><h1>H</h1><nav>Home</nav></header>", "", "H\n\n", "", "of navigation at 18")]
    [TestCase("<nav>Home<div>", "</div>", "", "", "")]
    [TestCase("<main><nav>Home</nav>", "<table><tr><td>a<td>b</table></main>", "", "\n\n| a | b |", "of navigation at 6")]
    [TestCase("<main></main><nav>Home</nav>", "", "", "", "of navigation at 13")]
    [TestCase("<table><tr><td><nav>Home</nav></td><td><main>", "</main></td></tr></table>", "", "", "of navigation at 15")]
    [TestCase("<main><svg><style/><title>t</title></svg><script>if (a</main>b) 1</script>", "</main>x", "t\n\n", "", "outside of its main element at 0")]
    public void Write_Page_IsItsMainContent(string before, string after, string head, string tail, string leftOut)
    {
        var (text, told) = OfMain($"{before}{Prose}{after}");
        string expected = leftOut.Replace(
            "FOOTER", FormattableString.Invariant($"{before.Length + Prose.Length + Math.Max(0, after.LastIndexOf(after.Contains("<ul", StringComparison.Ordinal) ? "<ul" : after.Contains("<footer", StringComparison.Ordinal) ? "<footer" : "<div r", StringComparison.Ordinal))}"),
            StringComparison.Ordinal);
        Assert.That((text, told), Is.EqualTo((leftOut.Length == 0 ? OfHtml($"{before}{Prose}{after}") : $"{head}{ProseText}{tail}", expected)));
    }

    [TestCase("")]
    [TestCase("no tags at all")]
    [TestCase("<nav><a href=x>only</a> a menu</nav>")]
    [TestCase("<main hidden>never shown")]
    [TestCase("<main><nav>a</nav></main>")]
    [TestCase("<ul><li><a href=a>one</a><li><a href=b>two</a><li><a href=c>three</a></ul>")]
    [TestCase("<div id=cookies>All that this page has is a text about cookies.</div>")]
    [TestCase("<script>never ended <main>a</main>")]
    public void Write_PageWithoutOtherContent_IsAll(string html) => Assert.That(OfMain(html), Is.EqualTo((OfHtml(html), "")));

    private static IEnumerable<TestCaseData> Hostile()
    {
        foreach (string part in (string[])["<div>", "<main>", "<nav>", "<a>", "</main>", "<div hidden>a", "<ul><a>a", "<article>a</article>", "<main>a</nav>",
            "<table><td><main>", "<div class='cookie'>a</div>", "<svg>", "<template>", "<main", "<title>a</title>"])
            yield return new TestCaseData(part).SetArgDisplayNames(part);
    }

    // What takes more than linear time would take hours at this size, and what calls itself for each level would end the process.
    [TestCaseSource(nameof(Hostile))]
    [CancelAfter(60_000)]
    public void Write_HostilePage_TakesLinearTime(string part)
    {
        string html = string.Concat(Enumerable.Repeat(part, 100_000)) + Prose;
        string all = OfHtml(html);
        Assert.That(OnSmallStack(() => OfMain(html).Text), all.Length == 0 ? Is.Empty : Is.Not.Empty);
    }
}
