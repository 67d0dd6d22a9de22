using System.Globalization;
using Rlm.Dsl.Formats;
using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Tests.Rendering;

internal sealed class NumberWriterTests
{
    [TestCase("0.00", "1234.5", "1234.50")]
    [TestCase("0.0", "32.95", "33.0")]
    [TestCase("#,##0", "1234567.5", "1,234,568")]
    [TestCase("#,##0.0#", "1234.567", "1,234.57")]
    [TestCase("000", "7", "007")]
    [TestCase("0%", "0.256", "26%")]
    [TestCase("0.0 %", "0.256", "25.6 %")]
    [TestCase("$#,##0.00", "-1234.5", "-$1,234.50")]
    [TestCase("0.00 'EUR'", "5", "5.00 EUR")]
    [TestCase("#.##", "0.5", ".5")]
    [TestCase("N2", "1234.5", "1,234.50")]
    [TestCase("N0", "1234.5", "1,235")]
    [TestCase("F1", "-0.05", "-0.1")]
    [TestCase("P1", "0.2567", "25.7%")]
    [TestCase("D5", "42", "00042")]
    [TestCase(".2f", "1234.567", "1234.57")]
    [TestCase(",.2f", "1234.567", "1,234.57")]
    [TestCase(",", "1234567.25", "1,234,567.25")]
    [TestCase(".1%", "0.256", "25.6%")]
    [TestCase("05d", "42", "00042")]
    [TestCase("+.1f", "2", "+2.0")]
    [TestCase("d", "41.5", "42")]
    [TestCase("%.2f", "1.005", "1.01")]
    [TestCase("%d items", "3", "3 items")]
    [TestCase("%5.1f", "3.14", "  3.1")]
    [TestCase("%05.1f", "3.14", "003.1")]
    [TestCase("%.1f%%", "25.62", "25.6%")]
    [TestCase(".2e", "1234", "1.23e+03")]
    public void Write_Pattern_IsWhatItMeans(string pattern, string number, string text) => Assert.That(
        NumberWriter.Write(decimal.Parse(number, CultureInfo.InvariantCulture), NumberPattern.TryParse(pattern, out _)!), Is.EqualTo(text));

    [TestCase("")]
    [TestCase("x")]
    [TestCase("C2")]
    [TestCase("X")]
    [TestCase("0.0.0")]
    [TestCase("0;(0)")]
    [TestCase("%")]
    [TestCase(".99f")]
    [TestCase("two 0 decimals")]
    [TestCase("yyyy")]
    public void TryParse_AnythingElse_SaysWhatThereIs(string pattern)
    {
        Assert.That(NumberPattern.TryParse(pattern, out var fault), Is.Null);
        Assert.That(fault!.Help, Does.Contain("`#,##0.0`"));
    }
}
