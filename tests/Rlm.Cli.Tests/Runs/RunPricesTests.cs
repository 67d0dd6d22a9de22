using System.Text.Json;

namespace Rlm.Cli.Tests.Runs;

internal sealed class RunPricesTests
{
    private const string Program = "answer context | llm \"?\"";

    [TestCase("gpt-6-luna", null, 0.0000046)]
    [TestCase("claude-haiku-4-5-20251001", null, 0.000046)]
    [TestCase("gpt-6-luna", "# mine\ngpt-6-luna 1/2\n", 0.000025)]
    [TestCase("m", "m 1/2 over 11 3/4", 0.000025)]
    [TestCase("m", "m 1/2 over 10 3/4", 0.000061)]
    [TestCase("a/b", "a/b 2/4", 0.00005)]
    [TestCase("unheard-of", null, null)]
    public async Task Run_Prices_MakeTheCost(string model, string? prices, double? cost)
    {
        await using var server = new LoopbackModelServer("fine");
        var setup = new CliSetup
        {
            Environment = prices is null
            ? new Dictionary<string, string>()
            : new Dictionary<string, string> { ["RLM_PRICES"] = TestFiles.NewFile(prices) }
        };

        var run = await setup.RunAsync(
            ["run", "-e", Program, "-c", TestFiles.NewFile("a"), "--base-url", server.OpenAiUrl.ToString(), "-m", model, "--json"]);

        var told = JsonDocument.Parse(run.Output).RootElement.GetProperty("usage").GetProperty("costUsd");
        Assert.That(told.ValueKind == JsonValueKind.Null ? (double?)null : told.GetDouble(), Is.EqualTo(cost));
    }

    [TestCase("m 1/2 cached lots")]
    [TestCase("m 1/2 over 200k 3/4")]
    [TestCase("m 1/2 over 200 3")]
    [TestCase("m 1/2 over 200")]
    public async Task Run_PricesWithABrokenLine_SayWhatALineIs(string line)
    {
        var setup = new CliSetup { Environment = new Dictionary<string, string> { ["RLM_PRICES"] = TestFiles.NewFile(line) } };

        var run = await setup.RunAsync(["run", "-e", Program, "-c", TestFiles.NewFile("a"), "-m", "offline"]);

        Assert.That((run.Code, run.Error.Contains(
            $"line 1: `{line}` is not of the form MODEL INPUT/OUTPUT [cached USD] [written USD] [over TOKENS ",
            StringComparison.Ordinal)), Is.EqualTo((ExitCodes.Failed, true)), run.Error);
    }

    [Test]
    public async Task Run_MissingPrices_SaysWhoWantsThem()
    {
        var run = await CliRun.RunAsync("run", "-e", Program, "-c", TestFiles.NewFile("a"), "-m", "offline", "--prices", "nowhere.txt");

        Assert.That(run.Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That(run.Error, Does.Contain("the prices nowhere.txt cannot be read: ").And.Contain("; check the path and what the file holds"));
    }

    [Test]
    public async Task Run_MaxCostOfAnUnknownPrice_IsRefused()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await CliRun.RunAsync("run", "-e", Program, "-c", TestFiles.NewFile("a"), "--base-url", server.OpenAiUrl.ToString(), "-m",
            "unheard-of", "--max-cost", "1");

        Assert.That((run.Code, server.Requests), Is.EqualTo((ExitCodes.WrongUsage, 0)));
        Assert.That(run.Error, Does.Contain("needs the price of `unheard-of`").And.Contain("--prices"));
    }
}
