using System.Text.Json;

namespace Rlm.Cli.Tests.Report;

/// <summary>The page of a plan says what <c>rlm explain</c> says.</summary>
internal sealed class PlanPageTests
{
    private string _page = "";

    [SetUp]
    public void NamePage() => _page = Path.Combine(TestFiles.NewDirectory(), "plan.html");

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Path.GetDirectoryName(_page)!, recursive: true);

    [TestCase("answer context | lines | where llm \"Odd?\" | where it contains \"a\" | count", "exact")]
    [TestCase("answer context | lines | map llm \"A?\" | map llm \"B?\"", "at most")]
    [TestCase("answer context | lines | count", "free")]
    public async Task RunAsync_Plan_SaysWhatTheTextSays(string program, string outcome)
    {
        string[] command = ["explain", "-e", program, "-c", TestFiles.NewFile("a\nb\nab"), "-m", "offline", "--price", "1/2"];
        var text = await CliRun.RunAsync(command);
        var page = await CliRun.RunAsync([.. command, "--html", _page]);
        var plan = ReportPage.Read(_page).Data;

        Assert.That((page.Code, page.Output), Is.EqualTo((text.Code, "")));
        Assert.That(page.Error, Does.EndWith($"rlm: the plan is in {_page}; nothing was spent\n"));
        Assert.That(plan.GetProperty("outcome").GetString(), Is.EqualTo(outcome));
        Assert.That(LinesOf(plan), Is.EqualTo(text.Output.TrimEnd('\n').Split('\n').Select(line => line.Trim())));
    }

    [Test]
    public async Task RunAsync_NoContext_DrawsTheStages()
    {
        var run = await CliRun.RunAsync("explain", "-e", "answer context | lines | map llm \"A?\"", "--html", _page);

        Assert.That(run.Error, Does.Contain("no context: it is taken to be a text"));
        Assert.That(ReportPage.Read(_page).Data.GetProperty("stages").GetArrayLength(), Is.EqualTo(3));
    }

    [Test]
    public async Task RunAsync_HtmlAndJson_ExcludeEachOther()
    {
        var run = await CliRun.RunAsync("explain", "-e", "1 + 1", "--html", _page, "--json");

        Assert.That((run.Code, run.ErrorLines[0]), Is.EqualTo((2, "rlm: --html and --json exclude each other")));
    }

    /// <summary>What the page shows, in the order and the lines of the text.</summary>
    private static List<string> LinesOf(JsonElement plan)
    {
        var lines = new List<string>();
        string? statement = null;
        foreach (var stage in plan.GetProperty("stages").EnumerateArray())
        {
            if (stage.GetProperty("isSource").GetBoolean() || stage.GetProperty("statement").GetString() != statement)
                lines.Add(statement = stage.GetProperty("statement").GetString()!);
            lines.AddRange([stage.GetProperty("text").GetString()!, stage.GetProperty("flow").GetString()!]);
            if (stage.GetProperty("spending").GetString() is { } spending)
                lines.Add(spending);
            lines.AddRange(stage.GetProperty("remarks").EnumerateArray().Select(remark => remark.GetString()!));
        }

        lines.AddRange(plan.GetProperty("dropped").EnumerateArray().Select(remark => remark.GetString()!));
        lines.AddRange(plan.GetProperty("end").EnumerateArray().Select(remark => remark.GetString()!));
        return lines;
    }
}
