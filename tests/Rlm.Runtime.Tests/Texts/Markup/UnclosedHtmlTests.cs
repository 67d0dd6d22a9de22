using Rlm.Documents;

namespace Rlm.Runtime.Tests.Texts.Markup;

/// <summary>What begins in a page and never ends, and so takes all that follows.</summary>
internal sealed class UnclosedHtmlTests
{
    [TestCase("a <!-- b <p>c", "<!-- at 2")]
    [TestCase("a <!-- x --><!-- b", "<!-- at 12")]
    [TestCase("a <!-- x --!><!--> <!---> <!-- b", "<!-- at 26")]
    [TestCase("a <template><p>b", "<template> at 2")]
    [TestCase("a <template><template></template><p>b<!-- c", "<template> at 2")]
    [TestCase("a <script>b</p><p>c", "<script> at 2")]
    [TestCase("a <style>b</p><p>c", "<style> at 2")]
    [TestCase("a <iframe src=x>b</p><p>c", "<iframe> at 2")]
    [TestCase("<title>b<p>c", "<title> at 0")]
    [TestCase("ä<textarea>b<p>c", "<textarea> at 1")]
    [TestCase("a <p title=\"b>c</p> d", "< at 2")]
    [TestCase("a <!doctype html", "<!doctype at 2")]
    [TestCase("<!-- x --><!DOCTYPE html PUBLIC \"x", "<!doctype at 10")]
    [TestCase("a<b>\r\nc</b>\r\n<!-- d", "<!-- at 13")]
    [TestCase("a <!-- x --> < b <!-- y > z", "<!-- at 17")]
    [TestCase("a <!-- x -- > y", "<!-- at 2")]
    [TestCase("a <!--!> y", "<!-- at 2")]
    [TestCase("a <!---!> y", "<!-- at 2")]
    [TestCase("a <?php b", "< at 2")]
    [TestCase("a</b", "< at 1")]
    [TestCase("a<b c='d>", "< at 1")]
    [TestCase("a <svg><![CDATA[b>c</svg>", "<![CDATA[ at 7")]
    [TestCase("a <title/><p>b", "<title> at 2")]
    public void Write_Unclosed_IsToldWhereItBegins(string html, string expected) =>
        Assert.That(FindUnclosed(html), Is.EqualTo(expected));

    [TestCase("a <p>b")]
    [TestCase("a < b")]
    [TestCase("a <")]
    [TestCase("a </")]
    [TestCase("a <!-- x -->")]
    [TestCase("a <!--> b")]
    [TestCase("a <!-->")]
    [TestCase("a <!--->")]
    [TestCase("a <!----!>")]
    [TestCase("a <!-- b --!>")]
    [TestCase("a <!-- <!-- -->")]
    [TestCase("a <!-- b --->")]
    [TestCase("<!doctype html><!-- a --><!-->")]
    [TestCase("<!DOCTYPE html PUBLIC '-//W3C//DTD' 'a'>")]
    [TestCase("<!--[if IE]><p>a<![endif]--><!--[if !IE]><!-->b<!--<![endif]-->")]
    [TestCase("<![if !IE]>a<![endif]>")]
    [TestCase("a <?xml-stylesheet href='b'?>")]
    [TestCase("a </>b</ c><!>")]
    [TestCase("a <plaintext> b <p> <!-- c")]
    [TestCase("<title>a</title><textarea>b</textarea><script>c</script><style>d</style><template>e</template>f")]
    [TestCase("<script>a('</scrip>')</script >b<STYLE>c</Style\n><iframe></iframe/>")]
    [TestCase("<script><!-- a('<script></script>') --></script>b")]
    [TestCase("<script>a('<!--')</script>b<textarea><!-- c</textarea>")]
    [TestCase("<p title='<!-- a'>b<p title='<script>'>c")]
    [TestCase("<svg><script/><style/><title/></svg>x")]
    [TestCase("<svg><title>a</title><style><![CDATA[ b > c <script> <!-- ]]></style></svg>d")]
    [TestCase("<math><![CDATA[a]]></math><!-- b -->")]
    [TestCase("<svg><![CDATA[a > <!-- ]]><!-- b -->")]
    [TestCase("<?xml version='1.0'?>\n<html><head><title/><script src='a'/></head><body><iframe/><textarea/>b</body></html>")]
    [TestCase("<title/></title><script src='a'/></script>b")]
    public void Write_Complete_IsNotTold(string html) => Assert.That(FindUnclosed(html), Is.Null);

    [Test]
    public void Write_SectionOfAnImage_IsItsText() =>
        Assert.That(MarkupRun.OfHtml("<svg><text><![CDATA[a > <b>]]></text></svg> c"), Is.EqualTo("a > <b> c"));

    [Test]
    public void Write_EmptyElementsOfXml_HideNothing() =>
        Assert.That(MarkupRun.OfHtml("<?xml version='1.0'?><html><title/><script src='a'/><p>b"), Is.EqualTo("b"));

    [TestCase("parse html", "<!--")]
    [TestCase("parse html", "<!doctype")]
    [TestCase("parse html main", "<!--")]
    [TestCase("parse html main", "<!doctype")]
    [TestCase("parse table", "<!--")]
    [TestCase("parse table", "<!doctype")]
    public async Task Run_PageThatEndsWithinAMark_NotesItsLine(string program, string mark)
    {
        string page = $"<main><p>Größe</p>\n<table><tr><th>a<tr><td>1</table>\n<p>x {mark} y\nz";
        var result = await Language.ProgramRun.ResultOf(
            program, RlmVariable.Text("context", TextSource.FromString(page, "page.html")), new ScriptedChatClient());

        Assert.That(
            result.Notes, Has.Some.Contains($"1 unclosed `{mark}` takes all that follows, which is not read as HTML (line 3)"));
    }

    private static string? FindUnclosed(string html)
    {
        string? told = null;

        HtmlText.Write(
            html, null, new BlockWriter(_ => { }), (name, at) => told = FormattableString.Invariant($"{name} at {at}"), CancellationToken.None);

        return told;
    }
}
