using System.Text;
using Rlm.Hosting.Conversations;

namespace Rlm.Hosting.Tests;

internal sealed class PastedTextTests
{
    private const string Data = "first line of the data\nsecond line\nthird line";

    private static readonly string Long = string.Concat(Enumerable.Repeat("word ", 400)).Trim();

    [TestCase("How many lines?\n\n" + Data, "How many lines?", Data, "")]
    [TestCase("How many lines?\n" + Data, "How many lines?", Data, "")]
    [TestCase("How many lines?\r\n\r\na\r\nb", "How many lines?", "a\r\nb", "")]
    [TestCase("Look at this:\n\n" + Data + "\n\nHow many lines?", "Look at this:", Data, "How many lines?")]
    [TestCase(Data + "\n\nHow many lines?", "", Data, "How many lines?")]
    [TestCase(Data + "\nHow many lines?", "", Data, "How many lines?")]
    [TestCase("Summarise this text.\n\n" + Data, "Summarise this text.", Data, "")]
    [TestCase("How many lines?\n\n" + Data + "\n\nAlso list them.", "How many lines?", Data, "Also list them.")]
    [TestCase("List them.\n\n" + Data + "\n\nCount them, too.", "List them.", Data, "Count them, too.")]
    [TestCase("How many?\n\n" + Data + "\n\nmore data\n\nlast data", "How many?", Data + "\n\nmore data\n\nlast data", "")]
    [TestCase(Data, "", Data, "")]
    [TestCase("\n" + Data + "\n", "", Data, "")]
    public void Split_Message_TellsTheRequestFromTheData(string text, string before, string data, string after) =>
        Assert.That(Split(text), Is.EqualTo((before, data, after)));

    [TestCase("Summarise the log\n" + Data, "What is asked may stand in it. Its first line: Summarise the log\nIts last line: third line")]
    [TestCase("one line", "")]
    public void TellEdges_Data_AreTheLinesThatMayAsk(string text, string expected) =>
        Assert.That(PastedText.Split(Encoding.UTF8.GetBytes(text)).TellEdges(), Is.EqualTo(expected));

    [Test]
    public void Split_LongFirstParagraph_TakesTheLast() => Assert.That(
        Split($"{Long}\n\n{Data}\n\nSummarise it."), Is.EqualTo(("", $"{Long}\n\n{Data}", "Summarise it.")));

    /// <summary>Only the ends of a long text are read, and cut between letters.</summary>
    [TestCase("How many?\n\n", "", "How many?", "")]
    [TestCase("", "\n\nWie viele?", "", "Wie viele?")]
    [TestCase("Look at this:\n\n", "\n\nHow many?", "Look at this:", "How many?")]
    [TestCase("", "", "", "")]
    public void Split_TextOfMegabytes_TellsTheRequestFromTheData(string head, string tail, string before, string after)
    {
        string data = string.Concat(Enumerable.Repeat("日本語のテキスト é\n", 60_000)).TrimEnd('\n');

        Assert.That(Split(head + data + tail), Is.EqualTo((before, data, after)));
    }

    /// <summary>However a message is written, each of its words is in the request or among the data, in order.</summary>
    [Test]
    public void Split_RandomMessages_LoseNoWord()
    {
        string[] pieces = ["\n", "\n\n", "\r\n\r\n", "What is it?", "Look:", "a line", "日本？", Long, " ", "?\n"];
        for (int seed = 0; seed < 2_000; seed++)
        {
            var random = new Random(seed);
            string text = string.Concat(Enumerable.Range(0, random.Next(12)).Select(_ => pieces[random.Next(pieces.Length)]));

            var split = Split(text);

            Assert.That(WordsOf($"{split.Before}\n{split.Data}\n{split.After}"), Is.EqualTo(WordsOf(text)), $"seed {seed}");
        }
    }

    private static (string Before, string Data, string After) Split(string text)
    {
        var split = PastedText.Split(Encoding.UTF8.GetBytes(text));
        return (split.Before, Encoding.UTF8.GetString(split.Data.Span), split.After);
    }

    private static string[] WordsOf(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
}
