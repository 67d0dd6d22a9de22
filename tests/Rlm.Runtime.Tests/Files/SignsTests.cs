using Rlm.Files.Pdf;

namespace Rlm.Runtime.Tests.Files;

internal sealed class SignsTests
{
    [TestCase("", "")]
    [TestCase("flow\r\n\t1", "flow\r\n\t1")]
    [TestCase("\uFB02ow o\uFB03ce \uFB00 \uFB01 \uFB04 \uFB05 \uFB06 \uFB07", "flow office ff fi ffl st st \uFB07")]
    [TestCase("\u0005x\u0000\u0085\u007F\u00A0", "\uFFFDx\uFFFD\uFFFD\uFFFD\u00A0")]
    public void Read_Text_HasLetters(string text, string read) => Assert.That(Signs.Read(text), Is.EqualTo(read));
}
