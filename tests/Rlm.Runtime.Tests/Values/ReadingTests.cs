using System.Globalization;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Values;

internal sealed class ReadingTests
{
    [TestCase("42", "42")]
    [TestCase(" -1,250.5 ", "-1250.5")]
    [TestCase("1_000", "1000")]
    [TestCase("1,234,567", "1234567")]
    [TestCase("+.5", "0.5")]
    [TestCase("5.", "5")]
    [TestCase("1e3", "1000")]
    [TestCase("2.5E-1", "0.25")]
    [TestCase("0.1234567890123456789", "0.1234567890123456789")]
    [TestCase("2,5", "2.5")]
    [TestCase("0,125", "0.125")]
    [TestCase("1.234,56", "1234.56")]
    [TestCase("1.234.567", "1234567")]
    [TestCase("(1,234.5)", "-1234.5")]
    [TestCase("−7", "-7")]
    [TestCase("1e-14", "0.00000000000001")]
    public void AsNumber_Number_IsRead(string text, string number) =>
        Assert.That(Reading.AsNumber(new TextValue(text)), Is.EqualTo((Number)decimal.Parse(number, CultureInfo.InvariantCulture)));

    [TestCase("")]
    [TestCase(" ")]
    [TestCase("-")]
    [TestCase("1,25,3")]
    [TestCase("1,234,56")]
    [TestCase("1,234.5.6")]
    [TestCase("1.23,456,7")]
    [TestCase("1.5,0.00")]
    [TestCase("1_")]
    [TestCase("_1")]
    [TestCase("$5")]
    [TestCase("5%")]
    [TestCase("12 apples")]
    [TestCase("0x10")]
    [TestCase("NaN")]
    [TestCase("3k")]
    [TestCase("2026-03")]
    [TestCase("12:30")]
    public void AsNumber_AnythingElse_IsNull(string text) => Assert.That(Reading.AsNumber(new TextValue(text)), Is.Null);

    [TestCase("2026-03-01", "2026-03-01 00:00:00")]
    [TestCase("2026-03-01 00:00:07", "2026-03-01 00:00:07")]
    [TestCase("2026-03-01T09:05", "2026-03-01 09:05:00")]
    [TestCase("2026-03-01T09:05:07Z", "2026-03-01 09:05:07")]
    [TestCase("2026-03-01T09:05:07.250+02:00", "2026-03-01 09:05:07")]
    [TestCase("2026-03-01 09:05:07,123", "2026-03-01 09:05:07")]
    [TestCase("2026/03/01 09:05", "2026-03-01 09:05:00")]
    [TestCase("2026-03", "2026-03-01 00:00:00")]
    [TestCase("20260301", "2026-03-01 00:00:00")]
    [TestCase("Mar 05, 2026", "2026-03-05 00:00:00")]
    [TestCase("March 5, 2026", "2026-03-05 00:00:00")]
    [TestCase("5 March 2026", "2026-03-05 00:00:00")]
    [TestCase("05 Mar 2026 14:30", "2026-03-05 14:30:00")]
    [TestCase("May 5, 2026", "2026-05-05 00:00:00")]
    [TestCase("03/05/2026", "2026-03-05 00:00:00")]
    [TestCase("3/5/2026 2:30 PM", "2026-03-05 14:30:00")]
    [TestCase("Sun, 01 Mar 2026 09:05:07 GMT", "2026-03-01 09:05:07")]
    [TestCase("Sun, 01 Mar 2026 09:05:07 +0100", "2026-03-01 09:05:07")]
    [TestCase("01/Mar/2026:09:05:07 +0000", "2026-03-01 09:05:07")]
    public void AsDate_Date_IsReadAndKeptAsWritten(string text, string iso)
    {
        var date = Reading.AsDate(new TextValue($" {text} "))!;

        Assert.That(date.Clock.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture), Is.EqualTo(iso));
        Assert.That(date.ToString(), Is.EqualTo(text));
    }

    [TestCase("")]
    [TestCase("2026")]
    [TestCase("2026-13-01")]
    [TestCase("2026-02-30")]
    [TestCase("13/25/2026")]
    [TestCase("yesterday")]
    [TestCase("March")]
    [TestCase("123456")]
    public void AsDate_AnythingElse_IsNull(string text) => Assert.That(Reading.AsDate(new TextValue(text)), Is.Null);

    [TestCase("true", true)]
    [TestCase("Yes", true)]
    [TestCase(" no ", false)]
    [TestCase("FALSE", false)]
    [TestCase("1", null)]
    [TestCase("", null)]
    public void AsBool_Text_IsRead(string text, bool? expected) => Assert.That(Reading.AsBool(new TextValue(text)), Is.EqualTo(expected));

    [Test]
    public void AsBool_NoneOrFailed_IsNull()
    {
        Assert.That(Reading.AsBool(NoneValue.Instance), Is.Null);
        Assert.That(Reading.AsBool(new FailedValue("no reply")), Is.Null);
    }

    [Test]
    public void AsNumber_LongSlice_IsNotDecoded()
    {
        var source = TextSource.FromString(new string('1', 1000));

        Assert.That(Reading.AsNumber(new TextValue(new TextSlice(source, 0, 1000))), Is.Null);
        Assert.That(Reading.AsNumber(new TextValue(new TextSlice(source, 0, 3))), Is.EqualTo((Number)111));
    }

    [Test]
    public void AsText_RowOfText_IsItsText()
    {
        var row = new RecordValue(new RecordShape(["name", "text"], textField: "text"), [new TextValue("n"), new TextValue("12")]);

        Assert.That(Reading.AsText(row)!.ToString(), Is.EqualTo("12"));
        Assert.That(Reading.AsNumber(row), Is.EqualTo((Number)12));
        Assert.That(Reading.AsText(new RecordValue(new RecordShape(["a"]), [new TextValue("x")])), Is.Null);
    }

    [Test]
    public void AsNumber_OfBytes_IsThatOfTheText()
    {
        var random = new Random(11);
        int numbers = 0;
        for (int i = 0; i < 40_000; i++)
        {
            string text = string.Concat(Enumerable.Range(0, random.Next(1, 24))
                .Select(_ => random.Next(6) == 0 ? " -+.,_eE\u0663é"[random.Next(10)] : (char)('0' + random.Next(10))));
            var expected = Reading.AsNumber(new TextValue(text));
            var found = ColumnReading.None.ReadNumber(System.Text.Encoding.UTF8.GetBytes(text));
            Assert.That((found, found?.InDecimal.Scale), Is.EqualTo((expected, expected?.InDecimal.Scale)), text);
            numbers += found is null ? 0 : 1;
        }

        Assert.That(numbers, Is.GreaterThan(5_000));
    }
}
