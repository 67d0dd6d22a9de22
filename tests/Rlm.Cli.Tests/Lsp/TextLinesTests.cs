using System.Text;
using Rlm.Cli.Lsp;

namespace Rlm.Cli.Tests.Lsp;

internal sealed class TextLinesTests
{
    private const string Text = "ab\r\nc😀d\rä\n\n";

    [TestCase(false, 0, 1, 1)]
    [TestCase(false, 0, 9, 2)]
    [TestCase(false, 1, 1, 5)]
    [TestCase(false, 1, 2, 5)]
    [TestCase(false, 1, 3, 7)]
    [TestCase(true, 1, 4, 5)]
    [TestCase(true, 1, 5, 7)]
    [TestCase(true, 2, 2, 10)]
    [TestCase(false, 2, 1, 10)]
    [TestCase(false, 4, 0, 12)]
    [TestCase(false, 9, 9, 12)]
    public void OffsetOf_Place_IsWhereItStands(bool countsBytes, int line, int character, int offset) =>
        Assert.That(new TextLines(Text, countsBytes).OffsetOf(new(line, character)), Is.EqualTo(offset));

    [Test]
    public void PositionOf_Offset_LeadsBackToIt([Values] bool countsBytes)
    {
        var random = new Random(7);
        for (int round = 0; round < 500; round++)
        {
            string text = MakeText(random);
            var lines = new TextLines(text, countsBytes);
            for (int offset = 0; offset <= text.Length; offset++)
            {
                // A place between the halves of a character, or of a line's end, is none that an editor has.
                bool isWithin = offset > 0 && offset < text.Length && (char.IsLowSurrogate(text[offset]) || (text[offset - 1] == '\r' && text[offset] == '\n'));
                if (!isWithin)
                    Assert.That(lines.OffsetOf(lines.PositionOf(offset)), Is.EqualTo(offset), text);
            }
        }
    }

    [Test]
    public void Apply_Changes_GiveTheText([Values] bool countsBytes)
    {
        var random = new Random(8);
        for (int round = 0; round < 500; round++)
        {
            string text = MakeText(random), put = MakeText(random);
            var lines = new TextLines(text, countsBytes);
            int from = BoundaryOf(text, random.Next(text.Length + 1)), to = BoundaryOf(text, random.Next(from, text.Length + 1));
            var range = random.Next(2) == 0 ? new LspRange(lines.PositionOf(from), lines.PositionOf(to)) : new LspRange(lines.PositionOf(to), lines.PositionOf(from));

            Assert.That(lines.Apply(new(range, put)).Text, Is.EqualTo(text[..from] + put + text[to..]));
            Assert.That(lines.Apply(new(null, put)).Text, Is.EqualTo(put));
        }
    }

    [Test]
    public void FindEdit_Texts_LeadFromOneToTheOther([Values] bool countsBytes)
    {
        var random = new Random(9);
        for (int round = 0; round < 3000; round++)
        {
            string text = MakeText(random), other = random.Next(3) == 0 ? text : MakeText(random);
            var lines = new TextLines(text, countsBytes);
            var edits = lines.FindEdit(other);

            Assert.That(edits, Has.Count.EqualTo(text == other ? 0 : 1));
            Assert.That(edits.Aggregate(lines, (all, edit) => all.Apply(new(edit.Range, edit.NewText))).Text, Is.EqualTo(other), $"{text} → {other}");
        }
    }

    private static int BoundaryOf(string text, int offset) =>
        offset > 0 && offset < text.Length && (char.IsLowSurrogate(text[offset]) || (text[offset - 1] == '\r' && text[offset] == '\n')) ? offset - 1 : offset;

    private static string MakeText(Random random)
    {
        string[] parts = ["a", "b ", "ä", "😀", "漢", "\n", "\r\n", "\r", "| count"];
        var text = new StringBuilder();
        for (int i = random.Next(12); i > 0; i--)
            text.Append(parts[random.Next(parts.Length)]);
        return text.ToString();
    }
}
