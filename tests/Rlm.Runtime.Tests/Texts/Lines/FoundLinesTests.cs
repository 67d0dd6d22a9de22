using System.Globalization;
using System.Text;
using CsCheck;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Tests.Operators;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tests.Texts.Lines;

/// <summary>What is found on lines that are read ahead is what is found in order.</summary>
internal sealed class FoundLinesTests
{
    private static readonly string[] Records =
    [
        "{\"a\":1,\"b\":\"x\"}\n", "{\"b\":\"y\",\"c\":[1,2],\"a\":2.5}\n", "{\"a\":null}\n", "{\"a\":\"esc\\n\",\"b\":true}\n",
    ];

    private static readonly string[] RareRecords =
    [
        "\n", "\r\n", "\r", " \t\n", "[1,2]\n", "{\"a\":\n", "not json\n", "{\"a\":\"\\ud800\"}\n", "{\"\\u0061\":1}\n", "\u00ff\n", "12\n",
        "{\"a\":1} x\n", "{\"a\":\"" + new string('l', 3_000) + "\"}\n", "{\"a\":{\"b\":1}}\n",
    ];

    private static readonly string[] Lines =
    [
        "GET /a took 12 ms\n", "GET /b took 7 ms for k=v\n", "PUT took 3 ms took 4 ms\n", "nothing here\n",
    ];

    private static readonly string[] RareLines =
    [
        "\n", "\r\n", "\r", " \n", "GET /c took - ms\n",
        "é took 5 ms\n", "\u00ff took 6 ms\n", "GET /d took", new string('l', 3_000), " took 9 ms\n",
    ];

    [Test]
    public void MoveNext_AnyJsonLines_GivesTheRowsAndNotesOfReadingInOrder() => Gen.Select(
        AheadTexts.Of(80, Records, RareRecords), AheadTexts.Limits).Sample(
        (text, limits) => RecordsOf(text, limits) == RecordsOf(text, AheadLimits.None), iter: 2_000);

    [Test]
    public void MoveNext_AnyLog_GivesTheMatchesAndNotesOfReadingInOrder(
        [Values("GET .* took (?<ms>\\d+) ms", "took (?<ms>\\d+) (?<unit>ms)")] string regex) =>
        Gen.Select(AheadTexts.Of(80, Lines, RareLines), AheadTexts.Limits).Sample(
            (text, limits) => MatchesOf(regex, text, limits) == MatchesOf(regex, text, AheadLimits.None), iter: 1_000);

    [Test]
    public void MoveNext_ManyLines_TakesThoseThatAreReadAhead()
    {
        string text = string.Concat(Enumerable.Repeat(Records[0], 1_000));
        using var source = new WatchedSource(text);
        using var lines = new FoundLines<JsonLineFinding, JsonToken>(
            source.Whole, () => new JsonLineFinder(["b"u8.ToArray()]), new AheadLimits(100, 512, 2), CancellationToken.None);
        int count = 0;
        while (lines.MoveNext())
            count += lines.Finding.Kind == JsonLineKind.Sound && lines.Parts.Length == 1 ? 1 : 0;

        Assert.That(count, Is.EqualTo(1_000));
        Assert.That(source.Stretches, Is.GreaterThan(text.Length / 512));
    }

    private static string RecordsOf(string text, AheadLimits limits)
    {
        using var source = new WatchedSource(text);
        var note = new ParseNote("jsonl");
        var told = new StringBuilder();
        using (var rows = new JsonLineRows(
            TextInput.Of(new TextValue(source.Whole)), new JsonRows(), new RecordShape(["a", "b"]), note, CancellationToken.None, limits))
        {
            while (rows.MoveNext())
            {
                told.Append(CultureInfo.InvariantCulture, $"{rows.Line.Start}+{rows.Line.Length} {rows.Next} {rows.IsPlainRecord}");
                for (int i = 0; i < 2; i++)
                    told.Append(' ').Append(rows.Has(i) ? ValueRenderer.InTemplate(rows.CellAt(i).ToValue()) : "-");
                told.AppendLine(ValueRenderer.InTemplate(rows.Item));
            }
        }

        return told.AppendLine(note.Text).AppendJoin('\n', note.Losses)
            .AppendJoin('\n', note.Readings).ToString();
    }

    private static string MatchesOf(string regex, string text, AheadLimits limits)
    {
        using var source = new WatchedSource(text);
        var pattern = StageRun.Regex(regex, "", regex.Contains("unit", StringComparison.Ordinal) ? ["ms", "unit"] : ["ms"]);
        var note = new ExtractNote(StageRun.StageOf("extract", pattern));
        var told = new StringBuilder();
        using (var rows = new ExtractRows(
            TextInput.Of(new TextValue(source.Whole)), PatternCache.CapturePatternOf(pattern), new RecordShape(pattern.Captures),
            new RlmType?[pattern.Captures.Count], null, note, CancellationToken.None, limits))
        {
            while (rows.MoveNext())
                told.AppendLine($"{((RecordValue)rows.Item).Origin?.Provenance?.Start} {ValueRenderer.InTemplate(rows.Item)}");
        }

        return told.AppendLine(note.Text).AppendJoin('\n', note.Losses)
            .AppendJoin('\n', note.Readings).ToString();
    }
}
