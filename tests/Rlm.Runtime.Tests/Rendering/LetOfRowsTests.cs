using System.Globalization;

namespace Rlm.Runtime.Tests.Rendering;

/// <summary>A list that a <c>let</c> keeps says the same to every stage as one that is read once, and so do all forms of an answer.</summary>
internal sealed class LetOfRowsTests
{
    private static readonly string[] Cells =
    [
        "1", "2", "10", "-3", "2.5", "007", "a", "b", "B", "ä", "ü ", "", "x y", "2026-01-02", "10:30", "q\"uo\"te", "line\nbreak", "a|b", "tab\there",
        "1,500", "€ 5", " 5 ", "\u00a0x", "x\u2028y", "😀", "\\", new('x', 600),
    ];

    private static readonly int[] Counts = [0, 1, 5, 63, 64, 65, 130, 300];

    private static readonly string[] Readers =
    [
        "parse csv", "parse csv | where v != \"a\"", "parse csv | select v as q, k", "parse csv | extend z = \"{k}-{v}\"", "parse csv | sort by v", "parse csv | skip 2",
        "lines", "grep /e|5/", "extract /(?<k>\\w+),(?<v>[^,]*)/", "parse csv | map k", "parse csv | map {k, n: length(v)}",
    ];

    private static readonly string[] Stages =
    [
        "to csv", "to table", "to json", "to jsonl", "to bullets", "count", "last 4", "skip 70 | to csv", "sort | to csv", "sort by length(\"{it}\") desc | last 3",
        "map \"{it}:{line}\"", "map cite | last 2", "reverse | first 2", "join \";\"", "to csv | lines | last 1", "to jsonl | length",
    ];

    private static readonly string[] RowStages =
    [
        "count by k", "sum v", "max v by k | to csv", "top 3 by v", "distinct by k | to csv", "where k == v", "extend p = lag(k) | to csv", "sort by k desc, v | to json", "sort by v | last 5",
        "aggregate n = count(), most = max(v) by k | to csv",
    ];

    [Test]
    public async Task Let_OfRows_SaysTheSameAsRowsThatAreReadOnce([Range(0, 59)] int seed)
    {
        var random = new Random(seed);
        int count = Counts[random.Next(Counts.Length)];
        string text = "k,v,w\n" + string.Concat(Enumerable.Range(0, count).Select(_ =>
            string.Join(',', Enumerable.Range(0, 3).Select(_ => Quoted(Cells[random.Next(Cells.Length)]))) + "\n"));
        string reader = Readers[random.Next(Readers.Length)];
        bool isRows = reader is "parse csv" or "parse csv | where v != \"a\"" or "parse csv | sort by v" or "parse csv | skip 2";
        string[] stages = isRows ? [.. Stages, .. RowStages] : Stages;
        foreach (string stage in stages.OrderBy(_ => random.Next()).Take(6))
        {
            var once = await ProgramRun.RunAsync($"answer context | {reader} | {stage}", text, new ScriptedChatClient(), Options);
            var kept = await ProgramRun.RunAsync($"let r = context | {reader}\nanswer r | {stage}", text, new ScriptedChatClient(), Options);

            Assert.That(Described(kept), Is.EqualTo(Described(once)), $"{reader} | {stage}");
        }
    }

    [Test]
    public async Task Let_OfASort_TellsTies() => Assert.That(
        (await ProgramRun.RunAsync(
            "let s = context | parse csv | sort by v\nanswer s | last 3", "k,v\n" + string.Concat(Enumerable.Range(0, 200).Select(i => $"{i},{i / 10}\n")), new ScriptedChatClient())).Notes,
        Has.Some.Contain("7 more rows tie"));

    private static RlmOptions Options { get; } = new() { Formats = [RlmFormat.Csv, RlmFormat.Json, RlmFormat.JsonLines, RlmFormat.Table, RlmFormat.Text] };

    private static string Quoted(string cell) =>
        cell.AsSpan().IndexOfAny(",\"\n") < 0 ? cell : $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    private static string Described(ProgramRun run) => string.Join(
        '\n',
        [
            run.Result.Outcome.ToString(), run.Answer ?? "",
            .. run.Result.HasAnswer ? Options.Formats.Select(format => run.Result.Write(format)!) : [],
            .. run.Notes.Order(StringComparer.Ordinal), .. run.Result.Reasons.Order(StringComparer.Ordinal), .. run.Result.Citations,
            string.Create(CultureInfo.InvariantCulture, $"{run.Result.IsPartial}"),
        ]);
}
