using System.Globalization;

namespace Rlm.Runtime.Tests.Shards;

/// <summary>Tables that are longer than what is read of them for their dialect, so that rows that say the same are kept once.</summary>
internal sealed class ShardedTablesTests
{
    private const int Rows = 9_000;

    private static readonly string[] Programs =
    [
        "count", "count by k", "where n > 50 | sum n by city", "average n by k | sort by k", "where city == \"C3\" | count", "where not (k == \"k1\") | max n", "share n > 50 by k",
        "aggregate r = count(), s = sum(n) by city | top 3 by s", "median n", "count n > 10 by k", "where line > 9000 | count", "top 3 by n", "sum when", "min when by k", "count by when",
    ];

    private static readonly Dictionary<string, Func<int, string>> Tables = new(StringComparer.Ordinal)
    {
        ["plain"] = i => $"k{i % 7},{i % 100},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n",
        ["quoted"] = i => $"\"k{i % 7}\",{i % 100},\"c{i % 13}, \"\"x\"\"\",2026-01-{1 + (i % 28):00},some more text\n",
        ["quoted late"] = i => i < 7000 ? $"k{i % 7},{i % 100},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n" : $"k{i % 7},{i % 100},\"c{i % 13}\",2026-01-{1 + (i % 28):00},some more text\n",
        ["several lines"] = i => i == 8000 ? $"k{i % 7},{i % 100},\"c\n{i % 13}\",2026-01-01,some more text\n" : $"k{i % 7},{i % 100},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n",
        ["never closed"] = i => i == 8000 ? $"k{i % 7},{i % 100},\"c{i % 13},2026-01-01,some more text\n" : $"k{i % 7},{i % 100},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n",
        ["ragged"] = i => (i % 1500) switch { 1400 => $"k{i % 7},{i % 100}\n", 1450 => $"k{i % 7},{i % 100},c,2026-01-01,text,one too many\n", _ => $"k{i % 7},{i % 100},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n" },
        ["comments, blanks, rules"] = i => (i % 1500) switch { 1400 => "# a comment\n", 1410 => "\n", 1420 => ",,,,\n", 1430 => "---,---,---,---,---\n", 1440 => "+----+\n", _ => $"k{i % 7},{i % 100},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n" },
        ["missing"] = i => $"{(i % 11 == 0 ? "" : $"k{i % 7}")},{(i % 17 == 0 ? "" : $"{i % 100}")},c{i % 13},{(i % 5 == 0 ? "\"\"" : "2026-01-02")},some more text\n",
        ["semicolons"] = i => $"k{i % 7};{i % 100},5;c{i % 13};2026-01-{1 + (i % 28):00};some more text\r\n",
        ["thousands late"] = i => $"k{i % 7},{(i > 8500 ? "\"1,234\"" : $"{i % 100}")},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n",
        ["commas late"] = i => $"k{i % 7},{(i > 8500 ? "\"1,5\"" : $"{i % 100}")},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n",
        ["no numbers late"] = i => $"k{i % 7},{(i % 4000 == 3999 ? "n/a" : $"{i % 100}")},c{i % 13},{(i > 8500 ? "soon" : "03/04/2026")},some more text\n",
        ["day first late"] = i => $"k{i % 7},{i % 100},c{i % 13},{(i > 8500 ? "13/04/2026" : "03/04/2026")},some more text\n",
        ["no year"] = i => $"k{i % 7},{i % 100},c{i % 13},Jan {1 + (i % 28)},some more text\n",
        ["backslashes"] = i => i % 900 == 800 ? $"k{i % 7},{i % 100},\"c \\\"x\\\" {i % 13}\",2026-01-01,some more text\n" : $"k{i % 7},{i % 100},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n",
        ["doubles"] = i => $"k{i % 7},{(i % 50 == 0 ? "1e30" : $"0.{i % 97}")},c{i % 13},2026-01-{1 + (i % 28):00},some more text\n",
        ["not UTF-8"] = i => $"k{i % 7},{i % 100},c{(i % 13 == 0 ? "\ufffd" : $"{i % 13}")},2026-01-{1 + (i % 28):00},some more text\n",
    };

    /// <summary>The same of JSON lines, by the names of these.</summary>
    private static readonly Dictionary<string, Func<int, string>> Records = new(StringComparer.Ordinal)
    {
        ["plain"] = i => $$"""{"k":"k{{i % 7}}","n":{{i % 100}},"city":"c{{i % 13}}","when":"2026-01-{{1 + (i % 28):00}}","rest":"some"}""",
        ["numbers as texts"] = i => $$"""{"k":"k{{i % 7}}","n":"{{i % 100}}{{(i > 8000 && i % 100 == 7 ? ",5" : "")}}","city":"c{{i % 13}}","when":"03/04/2026","rest":"some"}""",
        ["missing, null, nested"] = i => i % 900 == 800 ? """{"k":"k1","n":[1],"city":{"a":1}}""" : i % 11 == 0 ? $$"""{"k":"k{{i % 7}}","city":null}""" : $$"""{"k":"k{{i % 7}}","n":{{i % 100}},"city":null,"when":"2026-01-02"}""",
        ["no JSON, lists, blanks"] = i => (i % 1500) switch { 1400 => "{\"k\":", 1410 => "", 1420 => "[1, 2]", 1430 => "\"text\"", 1440 => "12", _ => $$"""{"k":"k{{i % 7}}","n":{{i % 100}},"city":"c{{i % 13}}","when":"2026-01-02"}""" },
        ["escaped"] = i => i % 5 == 0 ? $$"""{"\u006b":"k1","n":1,"city":"c\"3","when":"2026-01-02"}""" : $$"""{"k":"k{{i % 7}}","n":{{i % 100}},"city":"c\t{{i % 13}}","when":"2026-01-02","rest":"some text, and more"}""",
        ["numbers of all kinds"] = i => $$"""{"k":"k{{i % 7}}","n":{{(i % 50 == 0 ? "1.0" : i % 50 == 1 ? "1" : i % 50 == 2 ? "1e2" : "0.5")}},"city":true,"when":"Jan 3","rest":"some text, and more"}""",
        ["doubles"] = i => $$"""{"k":"k{{i % 7}}","n":{{(i % 50 == 0 ? "1e30" : "0.5")}},"city":"c{{i % 13}}","when":"2026-01-02","rest":"some text, and more"}""",
    };

    private static IEnumerable<string> Names => Tables.Keys;

    private static IEnumerable<string> RecordNames => Records.Keys;

    /// <summary>Behind rows that tell the dialect, rows of pieces of every kind.</summary>
    [Test]
    public async Task Merge_RandomTables_AreTheRuns([Range(1, 40)] int seed)
    {
        string[] pieces = [",", ",", ",", ",", ",", "\n", "\n", "a", "b", "1", "2", "1.5", "\"", "\"x\"", "\"y\"\"z\"", "\\", "\\\"", " ", "#", "---", "+--+", "=", "\r\n", ";", "n/a", "1,5"];
        string[] usual = seed % 3 == 0 ? [.. pieces.Where(piece => !piece.Contains('"', StringComparison.Ordinal))] : pieces;
        var random = new Random(seed);
        string rows = string.Concat(Enumerable.Range(0, 7_600).Select(Tables[seed % 2 == 0 ? "plain" : "quoted"]));
        string rest = string.Concat(Enumerable.Range(0, 60).Select(i =>
            string.Concat(Enumerable.Range(0, random.Next(1, 9)).Select(_ => usual[random.Next(usual.Length)])) + "\n" + string.Concat(Enumerable.Range(i, 5).Select(Tables["plain"]))));
        string text = $"k,n,city,when,rest\n{rows}{rest}";
        foreach (string program in new[] { "count", "where n > 1 | count by k", "aggregate r = count(), m = max(n) by city" })
            await RequireSameAsync($"parse csv | {program}", () => [RlmVariable.Text("context", TextSource.FromString(text, "t.csv"))], 1 + (seed % 4));
    }

    [Test]
    public async Task Merge_Records_AreTheRuns([ValueSource(nameof(RecordNames))] string name)
    {
        string text = string.Concat(Enumerable.Range(0, Rows).Select(i => Records[name](i) + "\n"));
        int number = name.Length;
        foreach (string program in Programs)
            await RequireSameAsync($"parse jsonl | {program}", () => [RlmVariable.Text("context", TextSource.FromString(text, "t.jsonl"))], 1 + (number++ % 4));
    }

    [Test]
    public async Task Merge_Tables_AreTheRuns([ValueSource(nameof(Names))] string name)
    {
        string text = TextOf(name);
        int number = name.Length;
        foreach (string program in Programs)
            await RequireSameAsync($"parse csv | {program}", () => [RlmVariable.Text("context", TextSource.FromString(text, "t.csv"))], 1 + (number++ % 4));
    }

    [Test]
    public async Task Unite_Tables_AreTheRuns([ValueSource(nameof(Names))] string name)
    {
        foreach (string program in Programs.Where((_, i) => i % 3 == 0))
        {
            string whole = $"logs | parse csv | {program}";
            IReadOnlyList<RlmVariable> Open(params (string Name, string Table)[] texts) =>
                [RlmVariable.Documents("logs", [.. texts.Select(text => TextSource.FromString(TextOf(text.Table), text.Name))])];
            if (new RlmSession(new ScriptedChatClient(), Open(("a.csv", name))).Compile(whole).HasErrors)
                continue;

            string run = await ShardedRun.TellAsync(whole, Open(("w0:a.csv", name), ("w1:b.csv", "plain")), new ScriptedChatClient());
            Assert.That(
                await ShardedRun.TellUnitedAsync(whole, [() => Open(("a.csv", name)), () => Open(("b.csv", "plain"))], new ScriptedChatClient()), Is.EqualTo(run), whole);
        }
    }

    /// <summary>What is kept in full of a table of 400 KB is what its dialect and columns are told by.</summary>
    [TestCase("plain", "count by k")]
    [TestCase("quoted", "where n > 50 | sum n by k")]
    [TestCase("semicolons", "count")]
    [TestCase("records", "where n > 50 | count by k")]
    public async Task MapAsync_RowsThatSayTheSame_AreKeptOnce(string name, string program)
    {
        using var folder = new PartFolder();
        string text = name == "records" ? string.Concat(Enumerable.Range(0, Rows).Select(i => Records["plain"](i) + "\n")) : TextOf(name);
        var written = await folder.MapAsync(
            $"parse {(name == "records" ? "jsonl" : "csv")} | {program}", () => [RlmVariable.Text("context", TextSource.FromString(text, "t"))], 1);

        Assert.That(written.Sum(static part => part.KeptBytes), Is.InRange(260 * 1024, 320 * 1024).And.LessThan(text.Length));
    }

    private static async Task RequireSameAsync(string program, Func<IReadOnlyList<RlmVariable>> open, int count)
    {
        if (new RlmSession(new ScriptedChatClient(), open()).Compile(program).HasErrors)
            return;

        Assert.That(
            await ShardedRun.TellMergedAsync(program, open, new ScriptedChatClient(), count), Is.EqualTo(await ShardedRun.TellAsync(program, open(), new ScriptedChatClient())),
            string.Create(CultureInfo.InvariantCulture, $"{count} shards of {program}"));
    }

    private static string TextOf(string name) => string.Concat(
        Enumerable.Range(0, Rows).Select(Tables[name]).Prepend(name == "semicolons" ? "k;n;city;when;rest\r\n" : "k,n,city,when,rest\n"));
}
