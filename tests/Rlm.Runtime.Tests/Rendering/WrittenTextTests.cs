using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Rendering;

/// <summary>Texts of any size that are written piece by piece.</summary>
internal sealed class WrittenTextTests
{
    private static readonly string[] Pieces = ["a", "äöü", "€", "😀", "\ud83d", "\n", "|", "\"", ",", "", new('x', 5_000), new('ß', 70_000)];

    [TestCase(3)]
    [TestCase(400)]
    [TestCase(3_000)]
    public void ToText_PiecesOfAllKinds_AreWhatAStringHas(int count)
    {
        var random = new Random(count);
        var expected = new StringBuilder();
        using var writer = new Utf8Writer();
        for (int i = 0; i < count; i++)
        {
            string piece = Pieces[random.Next(Pieces.Length)];
            byte[] bytes = Encoding.UTF8.GetBytes(piece);
            expected.Append(Encoding.UTF8.GetString(bytes));
            switch (random.Next(4))
            {
                case 0:
                    writer.Append(piece);
                    break;
                case 1:
                    writer.Append(bytes);
                    break;
                case 2:
                    bytes.CopyTo(writer.GetSpan(bytes.Length));
                    writer.Advance(bytes.Length);
                    break;
                default:
                    writer.Append(TextSource.FromBytes((byte[])[.. "xy"u8, .. bytes, .. "z"u8]).Whole with { Start = 2, Length = bytes.Length });
                    break;
            }
        }

        var text = writer.ToText();
        using var copy = new StringWriter();
        text.CopyTo(copy);

        Assert.That(text.ToString(), Is.EqualTo(expected.ToString()));
        Assert.That(copy.ToString(), Is.EqualTo(expected.ToString()));
        Assert.That(text, Is.EqualTo(new WrittenText(expected.ToString())));
        Assert.That(new TextValue(text).LengthBytes, Is.EqualTo(Encoding.UTF8.GetByteCount(expected.ToString())));
    }

    [Test]
    public void Append_BytesThatAreNotUtf8_AreReplacedAsDecodingDoes()
    {
        var random = new Random(7);
        for (int round = 0; round < 200; round++)
        {
            byte[] bytes = new byte[random.Next(1, 200_000)];
            random.NextBytes(bytes);
            for (int i = 0; i < bytes.Length; i++)
                bytes[i] = random.Next(50) == 0 ? bytes[i] : (byte)'a';

            Assert.That(
                Utf8Writer.StringOf(text => text.Append(TextSource.FromBytes((byte[])[(byte)'a', .. bytes]).Whole)),
                Is.EqualTo("a" + Encoding.UTF8.GetString(bytes)));
        }
    }

    [TestCase(100, "é😀", 3)]
    [TestCase(100_000, "é", 1)]
    [TestCase(3_000_000, "😀", 2)]
    public void IsOver_Characters_AreThoseOfAString(int count, string piece, int chars)
    {
        string all = string.Concat(Enumerable.Repeat(piece, count));
        foreach (int spare in (int[])[0, 1])
        {
            using var writer = new Utf8Writer((count * chars) - spare);
            writer.Append(all);

            Assert.That(writer.IsOver, Is.EqualTo(spare > 0));
        }
    }

    [Test]
    public void ToText_LongTable_IsAComputedTextLikeAString()
    {
        var rows = ListValue.Of([.. Enumerable.Range(0, 60_000).Select(i => new RecordValue(new RecordShape(["n", "text"]), [new NumberValue(i), new TextValue($"{i}, \"ö\"")]))]);
        string expected = "n,text\n" + string.Join('\n', Enumerable.Range(0, 60_000).Select(i => $"{i},\"{i}, \"\"ö\"\"\""));

        var text = new TextValue(Utf8Writer.TextOf(csv => CsvTable.Write(csv, rows, RlmType.Unknown)));

        Assert.That(text.IsString, Is.False, "one that long is no string");
        Assert.That(text.ToString(), Is.EqualTo(expected));
        Assert.That(text.LengthBytes, Is.EqualTo(Encoding.UTF8.GetByteCount(expected)));
        Assert.That(text.Slice, Is.Null);
        Assert.That(text.Provenance, Is.Null);
        Assert.That(TextBytes.Equal(text, new TextValue(expected)), Is.True);
        Assert.That(TextBytes.Contains(text, new TextValue("59999, \"\"ö")), Is.True);
        Assert.That(ValueRenderer.AsAnswer(text), Is.EqualTo(expected));
        Assert.That(Preview.Of(RlmType.Text, text, 400), Does.StartWith("n,text\n0,").And.Contain("bytes left out"));
    }
}
