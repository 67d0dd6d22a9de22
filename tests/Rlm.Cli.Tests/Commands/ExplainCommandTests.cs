namespace Rlm.Cli.Tests.Commands;

internal sealed class ExplainCommandTests
{
    private const string Program = "let kinds = lines | extend kind = llm \"Kind?\" as one of [\"a\", \"b\"] | where text contains \"1\"\nanswer kinds | count by kind";

    [Test]
    public async Task RunAsync_PaidProgram_TellsStagesAndWhatTheyWouldSpend()
    {
        var run = await CliRun.RunAsync("explain", "-e", "answer lines | map llm \"Why?\" | first 2", "-c", TestFiles.NewFile("a\nb\nb\n"), "-m", "offline", "-q");

        Assert.That(run.Code, Is.Zero, run.Error);
        string[] lines = run.Output.Split('\n');
        Assert.That(lines[..8], Is.EqualTo(new[]
        {
            "answer", "  context", "      text", "  lines", "      text → list of text, 3 items", "  first 2",
            "      list of text, 2 items", "      moved before `map llm \"Why?\"`, which then has fewer items to pay for",
        }));
        Assert.That(lines[8..11], Has.Exactly(1).EqualTo("  map llm \"Why?\"").And.Exactly(1).StartsWith("      exactly 2 calls (at most 4 with re-asks)"));
        Assert.That(lines[^2], Is.EqualTo("nothing was spent"));
    }

    [Test]
    public async Task RunAsync_Json_HasThePlanOfADryRun()
    {
        string file = TestFiles.NewFile("a 1\nb 2\n");
        var explained = await CliRun.RunAsync("explain", "-e", Program, "-c", file, "-m", "offline", "-q", "--json");
        var dry = await CliRun.RunAsync("run", "--dry-run", "-e", Program, "-c", file, "-m", "offline", "-q", "--json");

        using var json = System.Text.Json.JsonDocument.Parse(explained.Output);
        using var plan = System.Text.Json.JsonDocument.Parse(dry.Output);
        Assert.That(json.RootElement.GetProperty("plan").GetRawText().Replace(" ", ""), Is.EqualTo(plan.RootElement.GetRawText().Replace(" ", "")));
        Assert.That(json.RootElement.GetProperty("stages").EnumerateArray().Select(stage => stage.GetProperty("statement").GetString()).Distinct(),
            Is.EqualTo(new[] { "let kinds", "answer" }));
    }

    [Test]
    public async Task RunAsync_NoContext_TellsTypesAndWhatIsPaid()
    {
        var run = await CliRun.RunAsync("explain", "-e", "let kinds = lines | extend kind = llm \"Kind?\" as one of [\"a\", \"b\"]\nanswer kinds | count by kind");

        Assert.That((run.Code, run.Error), Is.EqualTo((0, "rlm: no context: it is taken to be a text; give one with -c for items, calls and cost\n")));
        Assert.That(run.Output.Split('\n'), Is.EqualTo(new[]
        {
            "let kinds", "  context", "      text", "      items: unknown without a context", "  lines", "      text → list of text",
            "  extend kind = llm \"Kind?\" as one of [\"a\", \"b\"]", "      list of text → list of {text: text, kind: one of [\"a\", \"b\"]}",
            "      not known before there is a context", "answer", "  kinds", "      list of {text: text, kind: one of [\"a\", \"b\"]}",
            "  count by kind", "      list of {text: text, kind: one of [\"a\", \"b\"]} → list of {kind: one of [\"a\", \"b\"], count: number}",
            "nothing was spent", "",
        }));
    }

    [Test]
    public async Task RunAsync_NoContextOfAProgramOverAList_IsTakenToBeDocuments()
    {
        var run = await new CliSetup { Input = "" }.RunAsync(["explain", "-e", "count", "--json"]);

        Assert.That(run.Code, Is.Zero, run.Error);
        Assert.That(run.Error, Does.Contain("taken to be a list of documents"));
        using var json = System.Text.Json.JsonDocument.Parse(run.Output);
        Assert.That(json.RootElement.GetProperty("stages").GetArrayLength(), Is.EqualTo(2));
    }

    [TestCase("lines | cuont")]
    [TestCase("other | lines")]
    public async Task RunAsync_NoContextAndAnError_IsAProgramWithErrors(string program) =>
        Assert.That((await CliRun.RunAsync("explain", "-e", program)).Code, Is.EqualTo(ExitCodes.ProgramErrors));

    [Test]
    public async Task RunAsync_NoContextAndAnError_TellsTheErrorAlone()
    {
        var run = await new CliSetup().RunAsync(["explain", "-e", "context | lines | wher it == \"x\""]);

        Assert.That((run.Code, run.Error), Is.EqualTo((3, """
            error RLM2001: `wher` is not an operator; did you mean `where`?
             --> program:1:19
              | context | lines | wher it == "x"
              |                   ^^^^
              = help: write `| where it == "x"`

            """)));
    }

    [Test]
    public async Task RunAsync_PaidStageOfNoItems_HasNothingToAskAbout()
    {
        var run = await CliRun.RunAsync("explain", "-e", "lines | where it contains \"z\" | map llm \"Why? {it}\"", "-c", TestFiles.NewFile("a\n"), "-m", "offline", "-q");

        Assert.That(run.Output, Does.Contain("no calls: there is nothing to ask about\n").And.Not.Contain("every reply"));
    }

    [Test]
    public async Task RunAsync_ProgramWithErrors_RunsNothing()
    {
        var run = await CliRun.RunAsync("explain", "-e", "lines | count\nlines | cuont", "-c", TestFiles.NewFile("a\n"), "-q");

        Assert.That((run.Code, run.Output), Is.EqualTo((3, "")));
        Assert.That(run.Error, Does.Contain("`cuont`"));
    }

    [Test]
    public async Task RunAsync_MoreCallsThanTheLimit_EndsAsADryRunDoes()
    {
        var run = await CliRun.RunAsync("explain", "-e", "lines | map llm \"Why?\"", "-c", TestFiles.NewFile("a\nb\n"), "-m", "offline", "-q", "--max-calls", "1");

        Assert.That(run.Code, Is.EqualTo(4));
        Assert.That(run.Output, Does.Contain("would be refused: `map llm \"Why?\"` would make 2 calls; 1 is left of 1 (--max-calls)"));
    }
}
