using System.Globalization;
using Microsoft.Extensions.AI;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Tests.Planning;

namespace Rlm.Runtime.Tests.Shards;

/// <summary>What the parts of any number of shards give is what one machine gives, to the byte and to the note.</summary>
internal sealed class ShardedProgramsTests
{
    private const int Programs = 1_000, MostShards = 7;

    private static readonly string Log = string.Concat(Enumerable.Range(1, 60).Select(static number =>
        $"2026-{1 + (number % 9):00}-{1 + (number % 27):00} {(number % 7 == 0 ? "ERROR" : number % 5 == 0 ? "WARN" : "INFO")} [w{number % 4}] ms={number * 37 % 101} {(number % 11 == 0 ? "\n\n" : "")}job {number}\n"));

    private static readonly (string Name, string Text)[] Files =
        [("a.log", Log[..900]), ("b.log", ""), ("c.log", "one line alone"), ("d.log", Log[900..] + "cut ERROR off")];

    private static IEnumerable<TestCaseData> Examples =>
        from signature in OperatorCatalog.All
        from example in signature.Examples
        select new TestCaseData(example).SetArgDisplayNames(signature.Name, example.Program);

    /// <summary>Beginnings of pipelines that lines are left out for, and others.</summary>
    private static readonly string[] Heads =
    [
        "grep /ERROR/", "grep /error/", "grep \"[w1]\" ignore case", "grep \"job 1.*\"", "grep not /INFO/", "grep /WARN/ around 1", "grep /^$/", "grep /nothing/",
        "extract /\\[(?<w>w\\d)\\] ms=(?<ms>\\d+)/", "extract /ms=(?<ms>\\d+)/ as {ms: number}", "extract \"ERROR [{w}] ms={ms} \"", "extract /^(?<d>\\S+) ERROR/",
        "extract /nothing (?<x>.*)/", "extract /(?<d>\\d+-\\d+-\\d+)\\s(?<level>[A-Z]+)/", "lines", "lines | grep /ERROR/", "lines | where it contains \"ERROR\"",
        "lines | where it contains \"error\"", "lines | where not (it contains \"INFO\") and it contains \"w1\"", "lines | where it == \"cut ERROR off\"",
        "lines | where number(it) == 3", "lines | where line > 20", "lines | where at > 200", "grep /ERROR/ | extract /ms=(?<ms>\\d+)/",
        "grep /[EW]/ | where it contains \"WARN\"", "paragraphs", "chunk 200 chars", "words",
    ];

    private static readonly string[] Tails =
    [
        "", " | count", " | first 3", " | last 2", " | first 5 | extend l = line", " | peek", " | distinct | count", " | skip 2 | first", " | map cite",
        " | extend n = line | select n | last 3", " | count by line % 2", " | top 3 by line", " | join \", \"", " | any it contains \"ERROR\"", " | describe",
        " | where it contains \"ERROR\" | count", " | where it contains \"ERRORS\" | count", " | distinct", " | last",
    ];

    private static readonly string[] RowTails =
    [
        " | count by w", " | sum ms", " | average ms by w", " | top 2 by ms", " | sort by ms desc | first 4", " | where ms > 50 | count", " | max ms", " | median ms",
        " | count by w | sort by w", " | average ms", " | min ms by w", " | count by ms, w | first 3", " | median ms by w | top 1 by median", " | sum ms by w | top 1 by sum",
        " | aggregate n = count(), m = max(ms) by w | sort by n", " | share ms > 50 by w", " | distinct by w", " | percentile 90 ms", " | group by w",
        " | where ms > 50 | count by w", " | where w == \"w1\" | sum ms", " | where w == \"W1\" | count", " | where not (ms > 50 or w matches /w[12]/) | average ms by w",
        " | share ms > 50", " | share by w", " | aggregate n = count(), m = max(ms)", " | count ms > 50 by w", " | count ms > 50", " | where ms > \"x\" | count", " | where ms + 1 > 50 | count",
        " | where ms > 20 | where ms < 60 | aggregate n = count(ms > 30), s = sum(ms) by w | top 1 by s", " | where line > 9 | count", " | where ms > 20 | where line < 40 | sum ms",
        " | where ms in [10, 20, 38] | count by ms", " | where level == \"error\" | count",
    ];

    [TestCaseSource(nameof(Examples))]
    public async Task Merge_Example_IsTheRun(OperatorExample example) => await RequireSameAsync(
        example.Program, () => [RlmVariable.Text("context", TextSource.FromString(example.Context, "context"))], () => new ScriptedChatClient([.. example.Replies]));

    [Test]
    public async Task Merge_RandomPrograms_AreTheRuns()
    {
        for (int seed = 1; seed <= Programs; seed++)
        {
            int number = seed;
            string context = ProgramRun.Items(3 + (seed % 9)) + "\nitem 1\nitem 2\nlast one.";
            await RequireSameAsync(
                RandomProgram.Of(seed), () => [RlmVariable.Text("context", TextSource.FromString(context, "notes.txt"))],
                () => PlannedRun.Model(8_000, isByRow: true), [1 + (number % MostShards)]);
        }
    }

    [Test]
    public async Task Merge_PipelinesOverAText_AreTheRuns([ValueSource(nameof(Heads))] string head)
    {
        int number = Array.IndexOf(Heads, head);
        foreach (string tail in TailsOf(head))
            await RequireSameAsync(
                $"{head}{tail}", () => [RlmVariable.Text("context", TextSource.FromString(Log, "big.log"))], () => new ScriptedChatClient(), CountsOf(number++));
    }

    [Test]
    public async Task Merge_LinesThatDifferForCase_HaveTheNotesOfTheRun(
        [Values("lines | grep not /host/", "grep not /host/", "grep not /host/ | first 1", "grep /hosts/", "grep not /hosts/")] string program,
        [Values("x\nhost\nHost\n", "x\nHost\n")] string text) =>
        await RequireSameAsync(program, () => [RlmVariable.Text("context", TextSource.FromString(text, "big.log"))], () => new ScriptedChatClient());

    [Test]
    public async Task Merge_PipelinesOverDocuments_AreTheRuns([ValueSource(nameof(Heads))] string head)
    {
        int number = Array.IndexOf(Heads, head);
        foreach (string tail in TailsOf(head))
            await RequireSameAsync($"logs | {head}{tail}", OpenFiles, () => new ScriptedChatClient(), CountsOf(number++));
    }

    /// <summary>What owners have together, some of them nothing.</summary>
    [Test]
    public async Task Unite_PipelinesOverDocuments_AreTheRuns([ValueSource(nameof(Heads))] string head)
    {
        (string Name, string Text)[][] owners = [Files[..1], [], Files[1..3], Files[3..]];
        foreach (string tail in TailsOf(head))
        {
            string program = $"logs | {head}{tail}";
            var all = owners.SelectMany((files, i) => files.Select(file => ($"w{i}:{file.Name}", file.Text)));
            if (new RlmSession(new ScriptedChatClient(), OpenFiles(all)).Compile(program).HasErrors)
                continue;

            string whole = await ShardedRun.TellAsync(program, OpenFiles(all), new ScriptedChatClient());
            Assert.That(
                await ShardedRun.TellUnitedAsync(program, [.. owners.Select(files => (Func<IReadOnlyList<RlmVariable>>)(() => OpenFiles(files)))], new ScriptedChatClient()),
                Is.EqualTo(whole), program);
        }
    }

    [TestCase("let errors = context | grep /ERROR/\nlet rows = context | extract /ms=(?<ms>\\d+)/\nerrors | count\nanswer rows | sum ms")]
    [TestCase("let errors = context | grep /ERROR/\nassert (errors | count) > 3\nanswer \"{errors | count} of {context | lines | count}\"")]
    [TestCase("answer [line for it in (context | grep /ERROR/)]")]
    [TestCase("context | grep /ERROR/\ncontext | lines | where it contains \"WARN\" | count")]
    public async Task Merge_Statements_AreTheRun(string program) => await RequireSameAsync(
        program, () => [RlmVariable.Text("context", TextSource.FromString(Log, "big.log"))], () => new ScriptedChatClient());

    /// <summary>Columns whose texts read by all of them together, whole lines that repeat, and what is not exact in any order.</summary>
    [TestCase("1,5 2.5 1.234 7")]
    [TestCase("1,234 5 1,234 2,000")]
    [TestCase("1,5 1,5 2,25 1,5")]
    [TestCase("1.5 x 1.5 x none")]
    [TestCase("10 10 10 10")]
    [TestCase("03/04/2025 13/04/2025 03/04/2025")]
    [TestCase("03/04/2025 04/05/2025 03/04/2025")]
    [TestCase("€5 €6 €5")]
    [TestCase("99999999999999999999999999999999 1 2 0.1 99999999999999999999999999999999")]
    [TestCase("7922816251426433759354395033 79228162514264337593543950335 1 1 1")]
    public async Task Merge_ColumnsOfAllKinds_AreTheRuns(string values)
    {
        string text = string.Concat(Enumerable.Range(0, 5).SelectMany(i => values.Split(' ').Select((value, j) => $"k{(i + j) % 3} v={value} rest {j % 2}\n")));
        foreach (string fold in (string[])["sum v", "sum v by k", "average v", "min v", "max v by k", "median v", "count by v | top 2 by v", "count by v | sort by v", "count by k, v", "count", "percentile 50 v", "where v > 2 | count", "where v > 2 | sum v by k", "share v > 2 by k", "count v > 2 by k", "aggregate n = count(), m = max(v)", "where v != \"x\" | average v", "where v == none | count"])
        {
            await RequireSameAsync(
                $"extract /^(?<k>\\w+) v=(?<v>\\S+)/ | {fold}", () => [RlmVariable.Text("context", TextSource.FromString(text, "v.txt"))],
                () => new ScriptedChatClient(), [1, 2, 5]);
        }
    }

    [Test]
    public async Task Merge_DatesWithoutAYear_AreTheRuns()
    {
        string text = string.Concat(Enumerable.Range(0, 40).Select(i => $"{"Jan Mar Jul Nov".Split(' ')[i / 3 % 4]} {1 + (i % 3)} 10:00:00 host{i % 2} up\n"));
        foreach (string fold in (string[])["count by d | sort by d", "max d", "min d by h", "count by h"])
        {
            await RequireSameAsync(
                $"extract /^(?<d>\\w+ \\d+ [\\d:]+) (?<h>\\w+)/ | {fold}", () => [RlmVariable.Text("context", TextSource.FromString(text, "v.txt"))],
                () => new ScriptedChatClient());
        }
    }

    /// <summary>Lines that say the same to a fold are kept once.</summary>
    [TestCase("grep /INFO/ | count", 300)]
    [TestCase("extract /\\[(?<w>w\\d)\\]/ | count by w | top 2 by count", 400)]
    [TestCase("extract /\\[(?<w>w\\d)\\]/ | count", 300)]
    [TestCase("grep /INFO/ | first 2", 300)]
    [TestCase("grep /INFO/ | last", 300)]
    [TestCase("lines | where it contains \"INFO\" | last 2 | map \"{line} {it}\"", 350)]
    [TestCase("grep /^$/ | distinct | count", 200)]
    [TestCase("lines | count", 200)]
    [TestCase("lines | where it contains \"INFO\" | count", 250)]
    [TestCase("lines | last 2", 200)]
    [TestCase("extract /\\[(?<w>w\\d)\\]/ | where w != \"w2\" | count by w", 400)]
    [TestCase("extract /\\[(?<w>w\\d)\\]/ | share w != \"w2\"", 400)]
    [TestCase("extract /\\[(?<w>w\\d)\\]/ | aggregate n = count()", 300)]
    public async Task MapAsync_LinesThatSayTheSame_AreKeptOnce(string program, int most)
    {
        using var folder = new PartFolder();
        var written = await folder.MapAsync(program, () => [RlmVariable.Text("context", TextSource.FromString(Log, "big.log"))], 2);

        Assert.That(written.Sum(static part => part.KeptBytes), Is.LessThan(most));
    }

    [TestCase("grep /INFO/ | extract /ms=(?<ms>\\d+)/ | sum ms", "OnTheShards: grep /INFO/; Here: extract /ms=(?<ms>\\d+)/; Here: sum ms")]
    [TestCase("extract /ms=(?<ms>\\d+)/ | sum ms | map it + 1", "OnTheShards: extract /ms=(?<ms>\\d+)/; Merged: sum ms; Here: map it + 1")]
    [TestCase("let a = context | grep /a/\na | count", "OnTheShards: grep /a/; Here: count")]
    [TestCase("lines | where it contains \"a\" | first 2", "OnTheShards: lines; OnTheShards: where it contains \"a\"; Merged: first 2")]
    [TestCase("extract /ms=(?<ms>\\d+)/ | where ms > 5 | sum ms | map it + 1", "OnTheShards: extract /ms=(?<ms>\\d+)/; Merged: where ms > 5; Merged: sum ms; Here: map it + 1")]
    [TestCase("extract /ms=(?<ms>\\d+)/ | where line > 5 | sum ms", "OnTheShards: extract /ms=(?<ms>\\d+)/; Here: where line > 5; Here: sum ms")]
    [TestCase("lines | count", "OnTheShards: lines; Merged: count")]
    [TestCase("lines | distinct | count", "OnTheShards: lines; Merged: distinct; Here: count")]
    [TestCase("lines | top 3 by it", "Here: lines; Here: top 3 by it")]
    [TestCase("grep /a/ | distinct | count", "OnTheShards: grep /a/; Merged: distinct; Here: count")]
    [TestCase("grep not /a/ | first 2", "OnTheShards: grep not /a/; Here: first 2")]
    [TestCase("context | grep /a/ | count\ncontext | words | count", "Here: grep /a/; Here: count; Here: words; Here: count")]
    [TestCase("grep /a/ | map at", "Here: grep /a/; Here: map at")]
    public void PlanShards_Program_TellsWhereStagesRun(string program, string places)
    {
        var session = new RlmSession(new ScriptedChatClient(), [RlmVariable.Text("context", TextSource.FromString(Log, "big.log"))]);

        Assert.That(string.Join("; ", session.PlanShards(session.Compile(program)).Select(stage => $"{stage.Place}: {stage.Stage}")), Is.EqualTo(places));
    }

    private static IReadOnlyList<RlmVariable> OpenFiles() => OpenFiles(Files);

    private static IReadOnlyList<RlmVariable> OpenFiles(IEnumerable<(string Name, string Text)> files) =>
        [RlmVariable.Documents("logs", [.. files.Select(file => TextSource.FromString(file.Text, file.Name))])];

    /// <summary>Two of the numbers of shards, others for each program.</summary>
    private static int[] CountsOf(int number) => [1 + (number % MostShards), 1 + (((3 * number) + 2) % MostShards)];

    private static IEnumerable<string> TailsOf(string head) => head.Contains("?<", StringComparison.Ordinal) || head.Contains('{', StringComparison.Ordinal)
        ? Tails.Concat(RowTails.Where(tail => (!tail.Contains("ms", StringComparison.Ordinal) || head.Contains("ms", StringComparison.Ordinal))
            && (!tail.Contains(" w", StringComparison.Ordinal) || head.Contains("w}", StringComparison.Ordinal) || head.Contains("<w>", StringComparison.Ordinal))))
        : Tails;

    private static async Task RequireSameAsync(
        string program, Func<IReadOnlyList<RlmVariable>> variables, Func<IChatClient> model, IEnumerable<int>? counts = null)
    {
        if (new RlmSession(model(), variables()).Compile(program).HasErrors)
            return;

        string whole = await ShardedRun.TellAsync(program, variables(), model());
        foreach (int count in counts ?? Enumerable.Range(1, MostShards))
        {
            Assert.That(
                await ShardedRun.TellMergedAsync(program, variables, model(), count), Is.EqualTo(whole),
                string.Create(CultureInfo.InvariantCulture, $"{count} shards of\n{program}"));
        }
    }
}
