using System.Text.Json;

namespace Rlm.Cli.Tests.Commands;

internal sealed class RunPricesTests
{
    private const string Program = "answer context | llm \"?\"";

    [TestCase("gpt-5-mini", null, 0.00001675)]
    [TestCase("gpt-5-mini", "# mine\ngpt-5-mini 1/2\n", 0.000025)]
    [TestCase("a/b", "a/b 2/4", 0.00005)]
    [TestCase("unheard-of", null, null)]
    public async Task Run_Prices_MakeTheCost(string model, string? prices, double? cost)
    {
        await using var server = new LoopbackModelServer("fine");
        var setup = new CliSetup { Environment = prices is null ? new Dictionary<string, string>() : new Dictionary<string, string> { ["RLM_PRICES"] = TestFiles.NewFile(prices) } };

        var run = await setup.RunAsync(["run", "-e", Program, "-c", TestFiles.NewFile("a"), "--base-url", server.OpenAiUrl.ToString(), "-m", model, "--json"]);

        var told = JsonDocument.Parse(run.Output).RootElement.GetProperty("usage").GetProperty("costUsd");
        Assert.That(told.ValueKind == JsonValueKind.Null ? (double?)null : told.GetDouble(), Is.EqualTo(cost));
    }

    [Test]
    public async Task Run_PricesWithABrokenCachePrice_SayWhatALineIs()
    {
        var setup = new CliSetup { Environment = new Dictionary<string, string> { ["RLM_PRICES"] = TestFiles.NewFile("m 1/2 cached lots") } };

        var run = await setup.RunAsync(["run", "-e", Program, "-c", TestFiles.NewFile("a"), "-m", "offline"]);

        Assert.That((run.Code, run.Error.Contains("line 1: `m 1/2 cached lots` is no MODEL INPUT/OUTPUT [cached USD] [written USD]", StringComparison.Ordinal)), Is.EqualTo((ExitCodes.Failed, true)), run.Error);
    }

    [Test]
    public async Task Run_MaxCostOfAnUnknownPrice_IsRefused()
    {
        await using var server = new LoopbackModelServer("fine");

        var run = await CliRun.RunAsync("run", "-e", Program, "-c", TestFiles.NewFile("a"), "--base-url", server.OpenAiUrl.ToString(), "-m", "unheard-of", "--max-cost", "1");

        Assert.That((run.Code, server.Requests), Is.EqualTo((ExitCodes.WrongUsage, 0)));
        Assert.That(run.Error, Does.Contain("needs the price of `unheard-of`").And.Contain("--prices"));
    }
}
