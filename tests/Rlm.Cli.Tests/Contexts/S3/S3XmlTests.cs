using Rlm.Cli.Contexts.S3;

namespace Rlm.Cli.Tests.Contexts.S3;

internal sealed class S3XmlTests
{
    [TestCase("<?xml version=\"1.0\"?>\n<a xmlns=\"x\"><b>1 &amp; &#x32;</b>\n <c><b>3</b></c><d/></a>", "a.b=1 & 2|c.b=3|a.d=")]
    [TestCase("<a><!-- <b>no</b> --><c>1</c></a>", "a.c=1")]
    [TestCase("<s:a><s:b x=\"1\">t</s:b></s:a>", "a.b=t")]
    [TestCase("not found", "")]
    [TestCase("<a><!-- no end", "")]
    [TestCase("<a><b>t", "")]
    [TestCase("</a></b>", "")]
    public void ReadLeaves_Answer_IsItsElements(string xml, string expected) => Assert.That(
        string.Join('|', S3Xml.ReadLeaves(xml).Select(static leaf => $"{leaf.Parent}.{leaf.Name}={leaf.Text}")), Is.EqualTo(expected));

    [TestCase("<?xml version=\"1.0\"?>\n<a xmlns=\"x\"><b>1</b><d/></a>\n", "a")]
    [TestCase("<s:a/>", "a")]
    [TestCase("<a><b>1</b>", null)]
    [TestCase("<a><b>1</a>", null)]
    [TestCase("<a></a><b></b>", null)]
    [TestCase("<a></a></a>", null)]
    [TestCase("<a></a><!-- no", null)]
    [TestCase("<a><![CDATA[1]]></a>", null)]
    [TestCase("not found", null)]
    [TestCase("", null)]
    public void ReadLeaves_Answer_HasARootWhereItIsWhole(string xml, string? expected)
    {
        S3Xml.ReadLeaves(xml, out string? root);
        Assert.That(root, Is.EqualTo(expected));
    }
}
