using System.Globalization;

namespace Rlm.Runtime.Tests.Issues;

/// <summary>What an order, a sum or a mean rests on and may be wrong is said, and the order of rows decides nothing.</summary>
internal sealed class Issue12_DoubtTests
{
    private const string AsTexts = "ordered as texts, by code point";

    [TestCase("max b", "5 km\n12 km\n3 km", "5 km", true)]
    [TestCase("top 1 by b | get b", "5 km\n12 km\n3 km", "5 km", true)]
    [TestCase("sort by b | get b", "9k\n10k", "10k\n9k", true)]
    [TestCase("max b", "N/A\nN/A\n100\n9", "N/A", true)]
    [TestCase("max b", "2026-02-30\n2026-01-01", "2026-02-30", true)]
    [TestCase("max b", "1.10.0\n1.9.0", "1.9.0", true)]
    [TestCase("max b", "10.0.0.9\n10.0.0.10", "10.0.0.9", true)]
    [TestCase("max b", "$9k\n$10k", "$9k", true)]
    [TestCase("max b", "€9k\n€10k", "€9k", true)]
    [TestCase("max b", "~9\n~10", "~9", true)]
    [TestCase("sort by b | get b", "12a\n34b\n05c", "05c\n12a\n34b", false)]
    [TestCase("max b", "10.1.0\n9.9.0", "9.9.0", true)]
    [TestCase("max b", "2026-W05\n2026-W10", "2026-W10", false)]
    [TestCase("max b", "x1\nb2\nc10", "x1", false)]
    [TestCase("max b", "a\nb\nc\nd\ne\n5\n10", "e", true)]
    [TestCase("sort by b | get b", "the\nyear\n1984\nwas\nnot\nas\nbad", "1984\nas\nbad\nnot\nthe\nwas\nyear", false)]
    [TestCase("max b", "5\n12\n3", "12", false)]
    public async Task Run_OrderOfTextsWithFigures_IsSaid(string program, string cells, string expected, bool isSaid)
    {
        var run = await RunAsync($"answer context | parse csv | {program}", $"b\n{cells}\n");

        Assert.That(run.Answer, Is.EqualTo(expected));
        Assert.That(
            run.Notes.Any(note => note.Contains(AsTexts, StringComparison.Ordinal)), Is.EqualTo(isSaid), string.Join('\n', run.Notes));
    }

    [TestCase("sum b", "none")]
    [TestCase("sum b by k | get sum", "none\n2")]
    [TestCase("aggregate s = sum(b) by k | get s", "none\n2")]
    [TestCase("where k == \"c\" | sum b", "0")]
    public async Task Sum_NotOneValueReads_IsNone(string program, string expected)
    {
        var run = await RunAsync(
            $"answer context | parse csv | {program}",
            program.Contains('k', StringComparison.Ordinal) ? "k,b\na,x\na,y\nb,2\n" : "k,b\na,x\na,y\n");

        Assert.That(run.Answer, Is.EqualTo(expected));
        Assert.That(run.Result.IsPartial, Is.EqualTo(expected != "0"));
    }

    [TestCase("count year(b) == 2026", "0")]
    [TestCase("count month(b) == 1", "1")]
    [TestCase("map round(b, 1)", "none\nnone\nnone")]
    public async Task Function_ValueOfAColumnIsUnread_MakesTheAnswerPartial(string program, string expected)
    {
        var run = await RunAsync($"answer context | parse csv | {program}", "b\nsoon\n2025-01-09\nlater\n");

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((expected, true)));
    }

    [TestCase("where number(b) is none | count", "1")]
    [TestCase("map coalesce(number(b), 0) | sum", "5")]
    public async Task Function_AsksWhetherItReads_IsWhole(string program, string expected)
    {
        var run = await RunAsync($"answer context | parse csv | {program}", "b\nx\n2\n3\n");

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((expected, false)));
    }

    [TestCase("sum", "1,500\n2,5", "1502.5", true)]
    [TestCase("sum", "2,5\n1,500", "1502.5", true)]
    [TestCase("max", "2,5\n1,500", "1,500", true)]
    [TestCase("sort", "1,500\n2,5", "2,5\n1,500", true)]
    [TestCase("average", "12.345\n2,5", "7.4225", true)]
    [TestCase("median", "0,125\n1,500", "750.0625", true)]
    [TestCase("sum", "1,500\n2.5", "1502.5", false)]
    [TestCase("sum", "2,5\n0,25", "2.75", false)]
    [TestCase("sum", "12.345\n2.5", "14.845", false)]
    public async Task Fold_TextsOfNoColumnShowBothMarks_IsPartial(string fold, string lines, string expected, bool isPartial)
    {
        var run = await RunAsync($"answer context | lines | {fold}", lines);

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((expected, isPartial)));
    }

    [Test]
    public async Task Run_ColumnContradictsItsFirstThousandRows_GivesTheSameInAnyOrder(
        [Values("csv", "jsonl", "extract")] string form, [Values("1,5", "1.234,5")] string late)
    {
        string[] values = [.. Enumerable.Range(1, 1_500)
            .Select(i => string.Create(CultureInfo.InvariantCulture, $"{i % 900}.{(i % 2 == 0 ? "345" : "25")}")), late];

        string first = await AllOf(form, values);

        Assert.That(await AllOf(form, [.. values.Reverse()]), Is.EqualTo(first));
        Assert.That(first, Does.Contain("partial"));
    }

    [TestCase("map month(d)", "03.25.2026\n04.06.2026", "3\n4", false)]
    [TestCase("map month(d)", "04.06.2026\n03.25.2026", "4\n3", false)]
    [TestCase("map month(d)", "04.06.2026\n05.07.2026", "6\n7", false)]
    [TestCase("map month(d)", "25.03.2026\n04.06.2026", "3\n6", false)]
    [TestCase("map month(d)", "25.03.2026\n03.25.2026\n04.06.2026", "3\n3\nnone", true)]
    [TestCase("sort by d | get d", "04.06.2026\n03.25.2026\n05.01.2026", "03.25.2026\n04.06.2026\n05.01.2026", false)]
    public async Task Run_DatesWithDots_GoByTheirColumn(string program, string cells, string expected, bool isPartial)
    {
        var run = await RunAsync($"answer context | parse csv | {program}", $"d\n{cells}\n");

        Assert.That((run.Answer, run.Result.IsPartial), Is.EqualTo((expected, isPartial)));
        Assert.That(run.Notes, isPartial ? Is.Not.Empty : Is.Empty);
    }

    [TestCase("map date(t, \"epoch\")", "2026-03-01 09:00Z")]
    [TestCase("map date(t, \"%s\")", "2026-03-01 09:00Z")]
    [TestCase("map date(t, \"epoch\") | max", "2026-03-01 09:00Z")]
    [TestCase("get t | extract \"{t}\" as {t: date epoch} | get t", "2026-03-01 09:00Z")]
    [TestCase("map t", "1772355600")]
    public async Task Run_DateOfAnEpoch_ShowsTheDate(string program, string expected) =>
        Assert.That((await RunAsync($"answer context | parse csv | {program}", "t,k\n1772355600,a\n")).Answer, Is.EqualTo(expected));

    [TestCase("1,2\n3,4\n5,6\n", true)]
    [TestCase("2026-03-01;1,5\n2026-03-02;2,5\n", true)]
    [TestCase("k,2025\na,4\n", false)]
    [TestCase("a,b\n1,2\n", false)]
    public async Task Parse_HeaderOfFiguresAlone_IsSaid(string table, bool isSaid) =>
        Assert.That((await RunAsync("answer context | parse csv | count", table)).Notes.Any(
            note => note.Contains("taken for names of columns", StringComparison.Ordinal)), Is.EqualTo(isSaid));

    [Test]
    public async Task Run_TableOfALetIsReadInALaterRun_IsUnderThatRunsCancellation([Values("parse csv", "extract /(?<a>[\\d.]+);/")] string rows)
    {
        var session = ProgramRun.Session("a;b\n12.345;x\n7.125;\"1,5\"\n", new OfflineChatClient());
        using var first = new CancellationTokenSource();
        await ProgramRun.RunAsync(
            session,
            $"let t = context | {rows}\nlet g = context | grep \"1\" | extract /(?<a>[\\d.]+);/\nanswer (t | count) + (g | count)",
            first.Token);
        await first.CancelAsync();

        var second = await ProgramRun.RunAsync(session, "answer \"{t | sum a} {g | sum a}\"");
        using var third = new CancellationTokenSource();
        await third.CancelAsync();

        Assert.That(second.Answer, Is.EqualTo("19.47 19.47"));
        Assert.That(
            async () => await ProgramRun.RunAsync(session, "answer t | sum a", third.Token),
            Throws.InstanceOf<OperationCanceledException>());
    }

    [TestCase("map llm \"Say {it}\" | first", "1")]
    [TestCase("map llm \"Say {it}\" | last", "3")]
    [TestCase("map llm \"Say {it}\" | first 2", "1\n2")]
    [TestCase("extend n = llm \"Say {it}\" as number pack 1 | last | get n", "3")]
    [TestCase("map llm \"Say {it}\" | skip 1 | first", "2")]
    public async Task Run_OneItemBehindAPaidStage_IsItsReply(string program, string expected)
    {
        var model = new ScriptedChatClient(call => call.LastText.Contains("alpha", StringComparison.Ordinal) ? "1"
            : call.LastText.Contains("beta", StringComparison.Ordinal) ? "2"
            : "3");

        Assert.That(
            (await ProgramRun.RunAsync($"answer context | lines | {program}", "alpha\nbeta\ngamma\n", model)).Answer, Is.EqualTo(expected));
    }

    private static async Task<string> AllOf(string form, string[] values)
    {
        string text = form switch
        {
            "csv" => $"a;b\n{string.Join('\n', values.Select(value => $"{value};x"))}\n",
            "jsonl" => string.Join('\n', values.Select(value => $"{{\"a\":\"{value}\"}}")),
            _ => string.Join('\n', values.Select(value => $"a={value} ")),
        };
        string parse = form == "extract" ? "extract /a=(?<a>\\S+) /" : $"parse {form}";
        var run = await RunAsync(
            $"let t = context | {parse}\nanswer \"{{t | sum a}} {{t | max a}} {{t | count a > 300}} {{t | median a}}\"", text);
        return $"{run.Answer}{(run.Result.IsPartial ? " partial" : "")}";
    }

    private static Task<ProgramRun> RunAsync(string program, string context) =>
        ProgramRun.RunAsync(program, context, new OfflineChatClient());
}
