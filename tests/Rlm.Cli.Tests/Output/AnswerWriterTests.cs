using Rlm.Cli.Output;

namespace Rlm.Cli.Tests.Output;

/// <summary>What is written of a value, in whatever pieces it comes.</summary>
internal sealed class AnswerWriterTests
{
    [TestCase("", RlmFormat.Markdown, "", true)]
    [TestCase("\n \n", RlmFormat.Markdown, "\n \n", true)]
    [TestCase("a\n\n", RlmFormat.Markdown, "a\n", false)]
    [TestCase("a\n\nb\n\n", RlmFormat.Table, "a\n\nb\n", false)]
    [TestCase("a\n\n", RlmFormat.Text, "a\n\n\n", false)]
    [TestCase("a,b", RlmFormat.Csv, "a,b\n", true)]
    [TestCase("a,b\n1,2", RlmFormat.Csv, "a,b\n1,2\n", false)]
    [TestCase("[]", RlmFormat.Json, "[]\n", true)]
    [TestCase("[1]", RlmFormat.Json, "[1]\n", false)]
    [TestCase("\"\"", RlmFormat.Json, "\"\"\n", true)]
    [TestCase("a  b\n-  -", RlmFormat.Table, "a  b\n-  -\n", true)]
    [TestCase("a  b\n-  -\n1  2", RlmFormat.Table, "a  b\n-  -\n1  2\n", false)]
    [TestCase("a  b\n-  x", RlmFormat.Table, "a  b\n-  x\n", false)]
    [TestCase("a", RlmFormat.Table, "a\n", false)]
    public void Write_InPieces_IsTheSame(string text, RlmFormat format, string written, bool isEmpty) => Assert.Multiple(() =>
    {
        for (int size = 1; size <= Math.Max(1, text.Length); size++)
        {
            using var output = new StringWriter { NewLine = "\n" };
            using var answer = new AnswerWriter(output, isTerminal: false, isExact: format is RlmFormat.Csv or RlmFormat.Text or RlmFormat.JsonLines);
            for (int at = 0; at < text.Length; at += size)
                answer.Write(text.AsSpan(at, Math.Min(size, text.Length - at)));
            answer.End();

            Assert.That(output.ToString(), Is.EqualTo(written), $"pieces of {size}");
            Assert.That(answer.IsEmpty(format), Is.EqualTo(isEmpty), $"pieces of {size}");
        }
    });

    [Test]
    public void Write_ToATerminal_HasNoControlCharacters()
    {
        using var output = new StringWriter { NewLine = "\n" };
        using var answer = new AnswerWriter(output, isTerminal: true, isExact: false);
        answer.Write("a\u001b[31m…\r\n\tb");
        answer.End();

        Assert.That(output.ToString(), Is.EqualTo("a\ufffd[31m…\n\tb\n"));
        Assert.That(answer.Cuts, Is.EqualTo(1));
    }
}
