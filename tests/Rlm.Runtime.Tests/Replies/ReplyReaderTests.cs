using System.Text;
using Rlm.Dsl.Parsing;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Replies;

internal sealed class ReplyReaderTests
{
    [TestCase("text", " A reply. ", "A reply.")]
    [TestCase("text", "```\nA reply.\n```", "A reply.")]
    [TestCase("number", "42", "42")]
    [TestCase("number", "1,234.5", "1234.5")]
    [TestCase("number", "-3", "-3")]
    [TestCase("bool", "true", "true")]
    [TestCase("bool", "**No**", "false")]
    [TestCase("bool", "The answer is yes.", "true")]
    [TestCase("date", "2026-03-05", "2026-03-05")]
    [TestCase("date", "\"March 5, 2026\"", "March 5, 2026")]
    [TestCase("one of [\"spam\", \"ham\"]", "spam", "spam")]
    [TestCase("one of [\"spam\", \"ham\"]", "Spam.", "spam")]
    [TestCase("one of [\"spam\", \"ham\"]", "`HAM`", "ham")]
    [TestCase("one of [\"spam\", \"ham\"]", "**spam**", "spam")]
    [TestCase("one of [\"spam\", \"ham\"]", "The label is: spam", "spam")]
    [TestCase("one of [\"spam\", \"not spam\"]", "not spam", "not spam")]
    [TestCase("one of [\"U.S.\", \"U.K.\"]", "u.s.", "U.S.")]
    [TestCase("one of [\"A\", \"a\"]", "a", "a")]
    [TestCase("one of [\"C++\", \"C\"]", "C++", "C++")]
    [TestCase("one of [\"none\", \"some\"]?", "none", "none")]
    [TestCase("text?", "none", "none")]
    [TestCase("number?", "None.", "none")]
    [TestCase("list of text", "[\"a\", \"b\"]", "a, b")]
    [TestCase("list of text", "- a\n- b", "a, b")]
    [TestCase("list of number", "[1, 2, 3.5]", "1, 2, 3.5")]
    [TestCase("list of text", "[]", "")]
    [TestCase("{a: text, b: number?}", "{\"a\": \"x\", \"b\": null}", "a: x\nb: none")]
    [TestCase("{a: text, b: number?}", "```json\n{\"A\": \"x\"}\n```", "a: x\nb: none")]
    [TestCase("{a: text, b: number}", "Sure: {\"a\": \"x\", \"b\": \"7\",}", "a: x\nb: 7")]
    [TestCase("list of {a: text}", "{\"items\": [{\"a\": \"x\"}, {\"a\": \"y\"}]}", "a: x\n\na: y")]
    public void Read_Fits_GivesTheValue(string type, string reply, string expected)
    {
        var reading = ReplyReader.Read(TypeNotation.Parse(type), reply, null);

        Assert.That(reading.Problem, Is.Null);
        Assert.That(
            ValueRenderer.InTemplate(reading.Value!),
            Is.EqualTo(expected).Or.EqualTo(expected.Replace("none", "", StringComparison.Ordinal)));
    }

    [TestCase("text", "", "the reply was empty")]
    [TestCase("number", "many", "`many` is not one number")]
    [TestCase("number", "5 to 10", "`5 to 10` is not one number")]
    [TestCase("number", "none", "`none` is not one number")]
    [TestCase("bool", "perhaps", "`perhaps` is neither true nor false")]
    [TestCase("date", "soon", "`soon` is not a date")]
    [TestCase("one of [\"spam\", \"ham\"]", "eggs", "`eggs` is none of the labels")]
    [TestCase("one of [\"spam\", \"ham\"]", "spam or ham", "`spam or ham` is none of the labels")]
    [TestCase("one of [\"spam\", \"ham\"]", "not spam", "`not spam` is none of the labels")]
    [TestCase("{a: text, b: number}", "{\"a\": \"x\"}", "`b` is missing")]
    [TestCase("{a: text}", "no idea", "`no idea` is not a JSON object")]
    [TestCase("{a: text}", "{\"a\": \"x\"", "`{\"a\": \"x\"` is not a JSON object")]
    [TestCase("{a: text}", "{a: x}", "it is not valid JSON ('a' is an invalid start of a property name)")]
    [TestCase("{a: text}", "{\"a\": \"\\ud800\"}", "it is not valid JSON (a string is not valid Unicode)")]
    [TestCase("list of number", "[1, \"x\"]", "item 2 of the reply: `x` is not one number")]
    [TestCase("quote", "anything", "there is no text to quote from")]
    public void Read_DoesNotFit_SaysWhy(string type, string reply, string problem)
    {
        var reading = ReplyReader.Read(TypeNotation.Parse(type), reply, null);

        Assert.That(reading.Value, Is.Null);
        Assert.That(reading.Problem, Does.StartWith(problem));
    }

    [Test]
    public void Read_Label_CarriesItsDomain() =>
        Assert.That(
            ((TextValue)ReplyReader.Read(TypeNotation.Parse("one of [\"a\", \"b\"]"), "B", null).Value!).Domain,
            Is.EqualTo(new[] { "a", "b" }));

    [TestCase("the quick\n brown fox", "a.txt:1-2")]
    [TestCase("The quick", null)]
    [TestCase("\"lazy dog\"", "a.txt:3")]
    public void Read_Quote_IsTheSliceOfTheSource(string quote, string? cite)
    {
        var source = TextSource.FromString("See the quick\nbrown  fox\njump the lazy dog", "a.txt").Whole;

        var reading = ReplyReader.Read(TypeNotation.Parse("quote"), quote, new TextValue(source));

        Assert.That(reading.Value is null ? null : Provenance.SliceOf(reading.Value)!.Value.Cite, Is.EqualTo(cite));
        if (cite is null)
            Assert.That(reading.Problem, Is.EqualTo("the quote does not occur in the data"));
    }

    [Test]
    public void Read_EqualQuotes_AreFoundOneAfterAnother()
    {
        var source = TextSource.FromString("x = 1\ny = 2\nx = 1", "a.txt").Whole;

        var value = ReplyReader.Read(TypeNotation.Parse("list of quote"), "[\"x = 1\", \"x = 1\"]", new TextValue(source)).Value;

        Assert.That(
            ((ListValue)value!).Items.Select(item => Provenance.SliceOf(item)!.Value.Cite), Is.EqualTo(new[] { "a.txt:1", "a.txt:3" }));
    }

    [Test]
    public void Read_QuoteBehindInvalidUtf8_IsTheRightBytes()
    {
        using var stream = new MemoryStream([0xFF, 0xFE + 1, (byte)' ', .. Encoding.UTF8.GetBytes("né le clause here")]);
        var source = TextSource.FromStream(stream, "a.txt").Whole;

        var value = (TextValue)ReplyReader.Read(TypeNotation.Parse("quote"), "clause", new TextValue(source)).Value!;

        Assert.That(value.ToString(), Is.EqualTo("clause"));
    }
}
