using Rlm.Cli.Output;

namespace Rlm.Cli.Tests.Output;

internal sealed class PlainTextTests
{
    [Test]
    public void SafeAndOneLine_AnythingThatATerminalObeys_IsTakenOut()
    {
        int[] marks = [0x61C, 0x200E, 0x200F, .. Enumerable.Range(0x202A, 5), .. Enumerable.Range(0x2066, 4)];
        foreach (char c in Enumerable.Range(0, 0x20).Concat(Enumerable.Range(0x7F, 0x21)).Concat(marks).Select(code => (char)code))
        {
            Assert.That(PlainText.OneLine($"a{c}b"), Is.EqualTo("a b"), $"U+{(int)c:X4}");
            Assert.That(
                PlainText.Safe($"a{c}b"),
                Is.EqualTo(c switch { '\n' or '\t' => $"a{c}b", '\r' => "ab", _ => "a\ufffdb" }),
                $"U+{(int)c:X4}");
        }
    }

    [TestCase("größe, שלום, مرحبا, 👩‍🚀")]
    public void Safe_TextOfAnyScript_IsLeftAlone(string text) =>
        Assert.That((PlainText.Safe(text), PlainText.OneLine(text)), Is.EqualTo((text, text)));

    [TestCase(true, "a\ufffdb\n")]
    [TestCase(false, "a\u202eb\n")]
    public void WriteText_MarksOfDirection_AreEscapedOnATerminalOnly(bool isTerminal, string written)
    {
        using var output = new StringWriter { NewLine = "\n" };
        var host = new CliHost { OpenInput = () => Stream.Null, Output = output, Error = TextWriter.Null, IsOutputTerminal = isTerminal };

        host.WriteText("a\u202eb");

        Assert.That(output.ToString(), Is.EqualTo(written));
    }
}
