using System.Globalization;
using Rlm.Dsl.Formats;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Tests.Rendering;

internal sealed class DateWriterTests
{
    private static readonly PointInTime Time = PointInTime.OfTime(new DateTime(2026, 3, 5, 14, 5, 7).AddTicks(2_500_000));

    private static IEnumerable<TestCaseData> Directives() => File.ReadLines(CaseFile.PathOf("strftime.tsv"))
        .Where(line => !line.StartsWith('#'))
        .Select(line => line.Split('\t'))
        .Select(cells => new TestCaseData(
            cells[0], cells[1], cells[2].Replace("\\n", "\n", StringComparison.Ordinal).Replace("\\t", "\t", StringComparison.Ordinal)));

    [Test]
    public void Write_EveryDirective_IsWhatPythonMakesOfIt()
    {
        List<string> wrong = [];
        foreach (var directive in Directives())
        {
            var time = DateText.TryRead((string)directive.Arguments[0]!)!.Value;
            string pattern = (string)directive.Arguments[1]!;
            string? written = DateWriter.Write(time, Pattern(pattern + "|%Y"));
            if (written != $"{directive.Arguments[2]}|{time.Clock:yyyy}")
                wrong.Add($"{directive.Arguments[0]} {pattern}: `{written}`, not `{directive.Arguments[2]}`");
        }

        Assert.That(wrong, Is.Empty);
        Assert.That(Directives().Select(directive => directive.Arguments[1]).Distinct().Count(), Is.GreaterThan(45));
    }

    [TestCase("%B %Y", "March 2026")]
    [TestCase("MMMM YYYY", "March 2026")]
    [TestCase("DD.MM.YYYY", "05.03.2026")]
    [TestCase("dd/MM/yy", "05/03/26")]
    [TestCase("yyyy-mm-dd", "2026-03-05")]
    [TestCase("dd.mm.yyyy HH:mm", "05.03.2026 14:05")]
    [TestCase("HH:MM:SS", "14:05:07")]
    [TestCase("YYYY-MM-DD HH24:MI:SS", "2026-03-05 14:05:07")]
    [TestCase("Mon DD, YYYY", "Mar 05, 2026")]
    [TestCase("Day", "Thursday")]
    [TestCase("dddd, MMMM d, yyyy", "Thursday, March 5, 2026")]
    [TestCase("MMM Do", "Mar 5th")]
    [TestCase("h:mm tt", "2:05 PM")]
    [TestCase("hh:mm:ss.fff", "02:05:07.250")]
    [TestCase("yyyy-MM-ddTHH:mm:ss", "2026-03-05T14:05:07")]
    [TestCase("yyyyMMddHHmmss", "20260305140507")]
    [TestCase("HH'h'mm", "14h05")]
    [TestCase("d 'of' MMMM", "5 of March")]
    [TestCase("Q", "1")]
    [TestCase("DDD", "064")]
    [TestCase("iso", "2026-03-05T14:05:07.25")]
    [TestCase("epoch", "1772719507")]
    [TestCase("epoch ms", "1772719507250")]
    [TestCase("%-d %b, %H:%M", "5 Mar, 14:05")]
    [TestCase("%Y at %H", "2026 at 14")]
    [TestCase("%3N", "250")]
    public void Write_Pattern_IsWhatItsWordsMean(string pattern, string text) =>
        Assert.That(DateWriter.Write(Time, Pattern(pattern)), Is.EqualTo(text));

    [TestCase("dd.xx.yyyy", "`xx` means nothing in a date's format")]
    [TestCase("yyyyy", "`yyyyy` means nothing in a date's format")]
    [TestCase("d MMMM at HH:mm", "`at` means nothing in a date's format")]
    [TestCase("HHhmm", "`hmm` is the hour a second time")]
    [TestCase("%Q", "`%Q` means nothing in a date's format")]
    [TestCase("%YYYY", "`%YY` is half strftime's and half .NET's")]
    [TestCase("%d %", "`%` at the end is not a directive")]
    [TestCase("--", "`--` holds no part of a date")]
    [TestCase("", "`` holds no part of a date")]
    [TestCase("'today", "the quote `'` opens a text that does not end")]
    public void TryParse_LetterWithoutMeaning_IsRefused(string pattern, string message)
    {
        Assert.That(DatePattern.TryParse(pattern, out var fault), Is.Null);
        Assert.That(fault!.Message, Is.EqualTo(message));
    }

    [TestCase("hh:mm", "26:03")]
    [TestCase("d'd' hh'h'", "1d 02h")]
    [TestCase("mm:ss.fff", "1563:04.500")]
    [TestCase("%H:%M:%S", "26:03:04")]
    [TestCase("%s", "93784")]
    [TestCase("d.hh:mm:ss", "1.02:03:04")]
    public void Write_Duration_LargestUnitTakesAllAboveIt(string pattern, string text) =>
        Assert.That(DateWriter.Write(new TimeSpan(1, 2, 3, 4, 500), Pattern(pattern)), Is.EqualTo(text));

    [Test]
    public void Write_ClockTimeOrMonth_HasNoPartThatItDoesNotHave()
    {
        Assert.That(DateWriter.Write(DateText.TryRead("06:55:46")!.Value, Pattern("yyyy-MM-dd")), Is.Null);
        Assert.That(DateWriter.Write(DateText.TryRead("06:55:46")!.Value, Pattern("h:mm tt")), Is.EqualTo("6:55 AM"));
        Assert.That(DateWriter.Write(DateText.TryRead("2026-03")!.Value, Pattern("d MMM yyyy")), Is.Null);
        Assert.That(DateWriter.Write(DateText.TryRead("2026-03")!.Value, Pattern("MMM yyyy")), Is.EqualTo("Mar 2026"));
    }

    [Test]
    public void ReadAndWrite_RandomPatterns_GiveTheDateBack()
    {
        var random = new Random(12);
        string[] days = ["yyyy-MM-dd", "dd.MM.yyyy", "d/M/yyyy", "MMM d, yyyy", "d MMMM yyyy", "yyyyMMdd", "%d %b %Y", "%Y-%j",
            "%a %d %B %Y", "%G-W%V-%u", "YYYY/MM/DD", "DD Mon YYYY", "dddd, MMMM Do, yyyy", "%m/%d/%Y"];
        string[] times = ["HH:mm:ss", "HHmmss", "h:mm:ss tt", "%H:%M:%S", "%I:%M:%S %p", "%k:%M:%S", "HH24:MI:SS", "H:m:s"];
        string[] fractions = ["", ".fffffff", ",fff", ".FFFFFFF"];
        string[] offsets = ["", " zzz", " Z", " ZZ"];
        using var culture = new CultureScope();
        for (int i = 0; i < 20_000; i++)
        {
            string day = days[random.Next(days.Length)], time = times[random.Next(times.Length)];
            if (day.Contains('%') != time.Contains('%'))
                continue;

            bool isStrftime = day.Contains('%'), hasHalf = time.Contains("tt", StringComparison.Ordinal);
            string fraction = isStrftime ? random.Next(2) == 0 ? "" : ".%f" : hasHalf ? "" : fractions[random.Next(fractions.Length)];
            if (time.EndsWith("%p", StringComparison.Ordinal))
                fraction = "";
            string offset = isStrftime ? random.Next(2) == 0 ? "" : " %z" : offsets[random.Next(offsets.Length)];
            string text = $"{day} {time}{fraction}{offset}";
            var pattern = Pattern(text);
            long ticks = random.NextInt64(new DateTime(1970, 1, 1).Ticks, new DateTime(2069, 1, 1).Ticks);
            ticks -=
                ticks % (fraction switch { "" => TimeSpan.TicksPerSecond, ",fff" => TimeSpan.TicksPerMillisecond, ".%f" => 10, _ => 1 });
            var point = PointInTime.OfTime(
                new DateTime(ticks), offset.Length == 0 ? null : TimeSpan.FromMinutes(random.Next(-12 * 4, 14 * 4) * 15));

            string written = DateWriter.Write(point, pattern)!;
            Assert.That(PatternDate.TryRead(written, pattern, null), Is.EqualTo(point), $"{text}: {written}");
        }
    }

    private static DatePattern Pattern(string text) =>
        DatePattern.TryParse(text, out var fault) ?? throw new AssertionException(fault!.Message);

    private sealed class CultureScope : IDisposable
    {
        private readonly CultureInfo _before = CultureInfo.CurrentCulture;

        public CultureScope()
        {
            var culture = (CultureInfo)CultureInfo.InvariantCulture.Clone();
            (culture.NumberFormat.NegativeSign, culture.NumberFormat.NumberDecimalSeparator) = ("~", ",");
            (culture.DateTimeFormat.DateSeparator, culture.DateTimeFormat.TimeSeparator, culture.DateTimeFormat.AMDesignator) =
                ("!", "!", "!");
            CultureInfo.CurrentCulture = culture;
        }

        public void Dispose() => CultureInfo.CurrentCulture = _before;
    }
}
