using System.Text;
using Rlm.Hosting.Conversations;

namespace Rlm.Hosting.Tests;

internal sealed class PastedTextTests
{
    private const string Data = "first line of the data\nsecond line\nthird line";

    private const string Log = "10:00:00 INFO request 0\n10:00:01 ERROR request 1\n\n10:00:02 INFO request 2\n\n10:00:03 ERROR request 3\n10:00:04 INFO request 4";

    private const string Chat = "ann: an ERROR\nbob: where?\n\nann: here\n\nbob: is this an ERROR?";

    private const string Document = "# ERROR handling\n\nAll of it is caught.\n\nThen it is told.\n\nNothing is lost.";

    private const string Code = "if a:\n    b()\n\nif c:\n    d()\nelse:";

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

    /// <summary>A line like those of the data is one of them, wherever it stands; what is not like them is the request.</summary>
    [TestCase("", Log, "\n\nCount the lines with ERROR.")]
    [TestCase("", Log, "\nCount the lines with ERROR.")]
    [TestCase("", Log, "\n\nZähle die Zeilen mit ERROR.")]
    [TestCase("Count the lines with ERROR.\n\n", Log, "")]
    [TestCase("Count the lines with ERROR.\n", Log, "")]
    [TestCase("Count the lines.\n\n", Log, "\n\nWhich have ERROR?")]
    [TestCase("What is wrong?\nWhere is it?\n\n", Log, "")]
    [TestCase("Count the messages with ERROR.\n\n", Chat, "")]
    [TestCase("Count the messages with ERROR.\n\n", Log + "\nbob: is this an ERROR?", "")]
    [TestCase("What does it do?\n\n", Code, "")]
    [TestCase("", Document, "\n\nSummarise this document in one line.")]
    [TestCase("", "services:\n" + Log, "\n\nCount the lines with ERROR.")]
    [TestCase("Hi,\n\nplease count the lines with ERROR.\n\n", Log, "\n\nThanks")]
    [TestCase("Hi,\n\n", Log, "\n\nplease count the lines with ERROR.\n\nThanks!")]
    [TestCase("", Log, "")]
    [TestCase("", "ts,level\n1,INFO\n2,ERROR\n\n3,INFO\n4,INFO", "")]
    public void Split_EndLikeTheData_IsData(string before, string data, string after) =>
        Assert.That(Split(before + data + after), Is.EqualTo((before.Trim(), data, after.Trim())));

    [TestCase("The first.\n\nThe second.\n\nThe third.", OtherWords.Ask, "")]
    [TestCase("The first.\n\nThe second.\n\nThe third.", OtherWords.MayAsk, "")]
    [TestCase("Count them.\n\nThe second.\n\nThe third.", OtherWords.Ask, "")]
    [TestCase("Count them.\n\nThe second.\n\nThe third.", OtherWords.MayAsk, "Count them.")]
    [TestCase("How many?\n\nThe second.\n\nThe third.", OtherWords.Ask, "How many?")]
    [TestCase("Items to pick:\n\nThe second.\n\nThe third.", OtherWords.Ask, "")]
    public void Split_AskedElsewhere_TakesOnlyWhatPlainlyAsks(string text, object others, string before)
    {
        var split = PastedText.Split(Encoding.UTF8.GetBytes(text), (OtherWords)others);

        Assert.That((split.Before, Encoding.UTF8.GetString(split.Data.Span), split.After), Is.EqualTo((before, text[before.Length..].Trim(), "")));
    }

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
        string[] pieces = ["\n", "\n\n", "\r\n\r\n", "What is it?", "Look:", "a line", "日本？", Long, " ", "?\n", "Hi,", "10:00 a", "Count them."];
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
