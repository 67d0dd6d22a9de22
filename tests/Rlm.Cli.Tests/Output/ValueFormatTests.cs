using System.Text.Json;

namespace Rlm.Cli.Tests.Output;

/// <summary>What stands on stdout in each format.</summary>
internal sealed class ValueFormatTests
{
    private static readonly string Orders = TestFiles.NewFile("name,amount,day\nFox,1.50,2026-01-02\n\"a, \"\"b\"\"\",20,2026-01-03\n猫,,\n", "orders.csv");

    [TestCase("markdown", "| name | amount | day |\n|---|---|---|\n| Fox | 1.50 | 2026-01-02 |\n| a, \"b\" | 20 | 2026-01-03 |\n| 猫 | none | none |\n")]
    [TestCase("table", "name    amount  day\n------  ------  ----------\nFox       1.50  2026-01-02\na, \"b\"      20  2026-01-03\n猫        none  none\n")]
    [TestCase("csv", "name,amount,day\nFox,1.50,2026-01-02\n\"a, \"\"b\"\"\",20,2026-01-03\n猫,,\n")]
    [TestCase("text", "Fox\t1.50\t2026-01-02\na, \"b\"\t20\t2026-01-03\n猫\tnone\tnone\n")]
    public async Task Run_Rows_AreWrittenAsAskedFor(string format, string expected)
    {
        string program = "parse csv | select name, amount = amount == \"\" ? none : amount, day = day == \"\" ? none : day";

        Assert.That((await CliRun.RunAsync("run", program, "-c", Orders, "--format", format)).Output, Is.EqualTo(expected));
    }

    [Test]
    public async Task Run_Json_HasTypedValues()
    {
        string program = "parse csv | first 1 | extend n = amount as number, d = day as date, b = name == \"Fox\"";

        var json = await CliRun.RunAsync("run", program, "-c", Orders, "--format", "json");
        var lines = await CliRun.RunAsync("run", program, "-c", Orders, "--format", "jsonl");
        var whole = JsonDocument.Parse((await CliRun.RunAsync("run", program, "-c", Orders, "--json")).Output).RootElement;
        var answer = JsonDocument.Parse((await CliRun.RunAsync("run", $"answer context | {program}", "-c", Orders, "--json")).Output).RootElement;

        const string Row = "{\"name\":\"Fox\",\"amount\":\"1.50\",\"day\":\"2026-01-02\",\"n\":1.5,\"d\":\"2026-01-02\",\"b\":true}";
        Assert.That((json.Output, lines.Output), Is.EqualTo(($"[{Row}]\n", $"{Row}\n")));
        Assert.That(whole.GetProperty("shown")[0].GetProperty("value").GetRawText(), Is.EqualTo($"[{Row}]"));
        Assert.That(answer.GetProperty("value").GetRawText(), Is.EqualTo($"[{Row}]"));
    }

    [TestCase("markdown", "")]
    [TestCase("table", "name  amount  day\n----  ------  ---\n")]
    [TestCase("csv", "name,amount,day\n")]
    [TestCase("json", "[]\n")]
    [TestCase("jsonl", "")]
    [TestCase("text", "")]
    public async Task Run_NoRows_KeepTheirHeaderAndAreTold(string format, string expected)
    {
        var shown = await CliRun.RunAsync("run", "parse csv | where name == \"none such\"", "-c", Orders, "--format", format);
        var answer = await CliRun.RunAsync("run", "answer context | parse csv | where name == \"none such\"", "-c", Orders, "--format", format);

        Assert.That(shown, Is.EqualTo(new CliRun(0, expected, "rlm: the value is empty: nothing matched\nrlm: read: parse csv 3 rows\n")));
        Assert.That(answer, Is.EqualTo(new CliRun(0, expected, "rlm: the answer is empty: nothing matched\nrlm: read: parse csv 3 rows\n")));
    }

    [TestCase("to csv", "name,amount,day\n")]
    [TestCase("to table", "| name | amount | day |\n|---|---|---|\n")]
    [TestCase("select name | to csv", "name\n")]
    [TestCase("count by name | to csv", "name,count\n")]
    public async Task Run_ToOfNoRows_HasTheHeader(string stages, string expected) =>
        Assert.That((await CliRun.RunAsync("run", $"parse csv | where name == \"none such\" | {stages}", "-c", Orders)).Output, Is.EqualTo(expected));

    [TestCase("grep /none such/ | to csv", "text\n")]
    [TestCase("grep /none such/ | map length(it) | to csv", "value\n")]
    public async Task Run_ToCsvOfNoItems_HasTheHeaderOfItems(string program, string expected) =>
        Assert.That((await CliRun.RunAsync("run", program, "-c", Orders)).Output, Is.EqualTo(expected));

    [TestCase("1 + 1", "2\n")]
    [TestCase("lines | first 2", "name,amount,day\nFox,1.50,2026-01-02\n")]
    public async Task Run_TableOfNoRows_IsTheText(string program, string expected) =>
        Assert.That((await CliRun.RunAsync("run", program, "-c", Orders, "--format", "table")).Output, Is.EqualTo(expected));

    [TestCase("lines", "text", "x\n\ny\n\n")]
    [TestCase("lines", "jsonl", "\"x\"\n\"\"\n\"y\"\n\"\"\n")]
    [TestCase("lines", "csv", "text\nx\n\"\"\ny\n\"\"\n")]
    [TestCase("parse json | map it", "text", "x\t1\nnone\tz\n")]
    public async Task Run_EmptyItemsAndCells_AreNotLost(string program, string format, string expected)
    {
        string context = program == "lines" ? "x\n\ny\n\n" : "[{\"a\":\"x\",\"b\":1},{\"b\":\"z\"}]";

        Assert.That((await CliRun.RunAsync("run", program, "-c", TestFiles.NewFile(context), "--format", format)).Output, Is.EqualTo(expected));
    }

    [Test]
    public async Task Run_Terminal_HasATableThatFits()
    {
        string wide = TestFiles.NewFile($"a,b,c\n{new string('x', 100)},{new string('猫', 40)},1\n", "wide.csv");
        var setup = new CliSetup { IsOutputTerminal = true, Width = 40 };

        var run = await setup.RunAsync(["run", "parse csv", "-c", wide]);

        Assert.That(run.Output, Is.EqualTo($"{"a",-17}  {"b",-18}  c\n{new string('-', 17)}  {new string('-', 18)}  -\n{new string('x', 16)}…  {new string('猫', 8)}…   1\n"));
        Assert.That(run.Error, Does.Contain("rlm: columns are cut to the terminal: --format csv or json has all of them"));
        Assert.That((await setup.RunAsync(["run", "parse csv | select c", "-c", wide])).Error, Does.Not.Contain("cut"));
    }

    [Test]
    public async Task Run_JsonAndFormat_ExcludeEachOther() =>
        Assert.That((await CliRun.RunAsync("run", "lines", "-c", Orders, "--json", "--format", "csv")).Code, Is.EqualTo(ExitCodes.WrongUsage));

    [TestCase("programErrors", 3, "run", "lines | cuont", "--json")]
    [TestCase("failed", 5, "run", "lines", "-c", "/no/such", "--json")]
    [TestCase("failed", 5, "ask", "Why?", "-m", "x", "--base-url", "http://127.0.0.1:1", "--json")]
    [TestCase("wrongUsage", 2, "run", "lines", "--max-calls", "-4", "--json")]
    [TestCase("wrongUsage", 2, "run", "lines", "--nonsense", "--json")]
    [TestCase("wrongUsage", 2, "explain", "--json")]
    [TestCase("programErrors", 3, "explain", "lines | cuont", "--json")]
    [TestCase("programErrors", 3, "run", "lines | cuont", "--dry-run", "--json")]
    [TestCase("limitReached", 4, "run", "lines | map llm \"Why?\"", "-m", "offline", "--max-calls", "0", "--json")]
    public async Task Run_JsonOfWhatFails_IsAnObjectAllTheSame(string outcome, int code, params string[] args)
    {
        var run = await CliRun.RunAsync([.. args, .. args.Contains("-c") ? [] : (string[])["-c", Orders]]);

        Assert.That(run.Code, Is.EqualTo(code), run.Error);
        var json = JsonDocument.Parse(run.Output).RootElement;
        Assert.That(json.GetProperty("outcome").GetString(), Is.EqualTo(outcome));
        Assert.That(json.GetProperty("reasons").GetArrayLength(), Is.Positive);
        Assert.That(json.GetProperty("answer").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }
}
