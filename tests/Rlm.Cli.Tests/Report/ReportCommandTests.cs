using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Rlm.Cli.Report;

namespace Rlm.Cli.Tests.Report;

/// <summary>A page tells what happened in a run, and no number other than those that the run told.</summary>
internal sealed partial class ReportCommandTests
{
    private const string Hostile = "</script><script>alert(1)</script><!-- <img src=x onerror=alert(1)> \u2028 \u202Eevil\u202C \0 \u0007 ' \" & +";

    private string _journal = "", _page = "";

    [SetUp]
    public void NamePaths()
    {
        string folder = TestFiles.NewDirectory();
        (_journal, _page) = (Path.Combine(folder, "run.jsonl"), Path.Combine(folder, "run.html"));
    }

    [TearDown]
    public void DeleteFolder() => Directory.Delete(Path.GetDirectoryName(_journal)!, recursive: true);

    [Test]
    public async Task RunAsync_RootLoop_HasTheNumbersThatTheRunTold()
    {
        CliRun run;
        await using (var server = new LoopbackModelServer(
            "```rlm\ncontext | lines | count\n```", "```rlm\nanswer context | lines | where llm \"Odd?\" pack 1 | first 2\n```", "yes", "no", "yes"))
            run = await CliRun.RunAsync(["ask", "How many lines are odd?", "-c", TestFiles.NewFile("a\nb\nc"), "--price", "1000/2000", "--parallel", "1", .. Command(server)]);

        var page = await ReportAsync();
        var told = page.Runs.Single();

        Assert.That($"rlm: {told.GetProperty("usage").GetString()}", Is.EqualTo(run.ErrorLines[^1]));
        Assert.That(told.GetProperty("answer")[0].GetString() + "\n", Is.EqualTo(run.Output));
        AssertFigures(page, run.ErrorLines[^1]);
        Assert.That(told.GetProperty("title").GetString(), Is.EqualTo("How many lines are odd?"));
        Assert.That(told.GetProperty("citations").EnumerateArray().Select(citation => citation[1].GetString()), Is.EqualTo(run.Output.Trim().Split('\n')));
        decimal calls = page.Calls.Sum(call => call[10].GetDecimal());
        Assert.That(run.ErrorLines[^1], Does.Contain(FormattableString.Invariant($", ${calls:0.####}, ")));
        Assert.That(page.Calls.Sum(call => call[7].GetInt64()).ToString("N0", null), Is.EqualTo(page.FiguresOf(0)["Tokens in"]));
    }

    [Test]
    public async Task RunAsync_PartialRun_SaysWhatWasLostAndShowsTheReplies()
    {
        CliRun run;
        await using (var server = new LoopbackModelServer(request => request.LastUserText.Contains("\nb\n", StringComparison.Ordinal)
            ? LoopbackReply.Error(400, "{\"error\":{\"message\":\"no\"}}") : "perhaps"))
            run = await CliRun.RunAsync(["run", "-e", "answer context | lines | extend k = llm \"? {it}\" as one of [\"x\", \"perhaps\"]  pack 1", "-c",
                TestFiles.NewFile("a\nb\nc"), .. Command(server)]);

        var page = await ReportAsync();
        var told = page.Runs.Single();

        Assert.That((told.GetProperty("outcome").GetString(), told.GetProperty("tone").GetString()), Is.EqualTo(("partial", "warn")));
        Assert.That(run.ErrorLines, Has.Some.EqualTo($"rlm: partial: {told.GetProperty("losses")[0][0].GetString()}; {told.GetProperty("losses")[0][1].GetString()}"));
        AssertFigures(page, run.ErrorLines[^1]);
        Assert.That(page.Calls.Select(call => (call[6].GetInt32(), call[13].GetString())), Is.EquivalentTo(new[] { (0, "perhaps"), (2, null), (0, (string?)"perhaps") }));
        Assert.That((page.FiguresOf(0)["Failed"], page.FiguresOf(0)["Cost"]), Is.EqualTo(("1", "–")));
    }

    [Test]
    public async Task RunAsync_ResumedRun_CountsHeldRepliesOnce()
    {
        string context = TestFiles.NewFile("a\nb\nc");
        await using var server = new LoopbackModelServer(_ => "x");
        string[] command = ["run", "-e", "answer context | lines | map llm \"? {it}\" pack 1", "-c", context, .. Command(server)];
        await CliRun.RunAsync(command);
        var again = await CliRun.RunAsync([.. command, "--resume"]);

        var page = await ReportAsync();

        Assert.That(page.Runs, Has.Count.EqualTo(2));
        Assert.That((page.FiguresOf(0)["Sub-calls"], page.FiguresOf(1)["Sub-calls"]), Is.EqualTo(("3", "0")));
        Assert.That(page.Runs[1].GetProperty("answer")[0].GetString() + "\n", Is.EqualTo(again.Output));
        Assert.That((page.Runs[1].GetProperty("firstCall").GetInt32(), page.Runs[1].GetProperty("listedCalls").GetInt32()), Is.EqualTo((3, 0)));
    }

    [Test]
    public async Task RunAsync_FreeRunAndChat_TellEachRun()
    {
        await CliRun.RunAsync("run", "-e", "context | lines | count", "-c", TestFiles.NewFile("a\nb"), "--journal", _journal);

        var free = await ReportAsync();

        Assert.That(free.Runs[0].GetProperty("usage").GetString(), Does.StartWith("Nothing was asked of a model, "));
        Assert.That((free.Runs[0].GetProperty("outcome").GetString(), free.Calls.Count), Is.EqualTo(("completed", 0)));

        File.Delete(_journal);
        var chat = await new CliSetup { Input = "How many lines?\nHow many lines hold a?\n" }.RunAsync(
            ["chat", "-c", TestFiles.NewFile("a\nb"), "--model", "offline", "--journal", _journal, "--json"]);
        var page = await ReportAsync();

        Assert.That(page.Runs.Select(run => run.GetProperty("title").GetString()), Is.EqualTo(new[] { "How many lines?", "How many lines hold a?" }), chat.Error);
    }

    [Test]
    public async Task RunAsync_KilledRun_SaysThatItDidNotEnd()
    {
        await using (var server = new LoopbackModelServer(_ => "x"))
            await CliRun.RunAsync(["run", "-e", "answer context | lines | map llm \"? {it}\" pack 1", "-c", TestFiles.NewFile("a\nb"), .. Command(server)]);
        string[] lines = await File.ReadAllLinesAsync(_journal);
        await File.WriteAllLinesAsync(_journal, lines[..Array.FindIndex(lines, line => line.Contains("\"stageEnd\"", StringComparison.Ordinal))]);

        var page = await ReportAsync();
        var told = page.Runs.Single();

        Assert.That(told.GetProperty("outcome").GetString(), Is.EqualTo("not finished"));
        Assert.That(told.GetProperty("noAnswer").GetString(), Is.EqualTo("There is no answer yet: the run goes on, or it did not come to its end. Then its command with --resume goes on with it."));
        Assert.That((page.FiguresOf(0)["Sub-calls"], told.GetProperty("stages")[0].GetProperty("end").ValueKind), Is.EqualTo(("2", System.Text.Json.JsonValueKind.Null)));
    }

    [Test]
    public async Task RunAsync_HostileTexts_AreDataAlone()
    {
        await using (var server = new LoopbackModelServer(_ => Hostile))
            await CliRun.RunAsync(["run", "-e", $"# {Hostile.Replace("\0", "", StringComparison.Ordinal).Replace("\u2028", "", StringComparison.Ordinal)}\nanswer context | llm \"?\"", "-c", TestFiles.NewFile(Hostile), "--journal-prompts", .. Command(server)]);

        var page = await ReportAsync();

        Assert.That(Tag.Matches(page.Text).Select(tag => tag.Value), Is.EqualTo(new[]
        {
            "<script type=\"application/json\" data-calls>", "</script>", "<script type=\"application/json\" id=\"data\">", "</script>",
            "<script>", "</script>", "<script>", "</script>", "<script>", "</script>",
        }));
        Assert.That(page.Text, Does.Not.Contain("<!--").And.Not.Contain("\u2028").And.Not.Contain("\0").And.Not.Contain("<img"));
        Assert.That(page.Calls.Single()[13].GetString(), Is.EqualTo(Hostile));
        Assert.That(page.Calls.Single()[15].EnumerateArray().Select(message => message[1].GetString()), Has.Some.Contains("evil"));
    }

    /// <summary>A browser runs only what the policy names by its hash: each script and style of the page, as they stand there, and nothing else.</summary>
    [TestCase("report.html", false)]
    [TestCase("report.html", true)]
    [TestCase("plan.html", false)]
    [TestCase("runs.html", true)]
    public void Write_Page_AllowsItsOwnScriptsAlone(string name, bool isLive)
    {
        using var output = new MemoryStream();
        PageTemplate.Write(name, _ => { }, output, isLive);
        string page = Encoding.UTF8.GetString(output.ToArray()), policy = Policy.Match(page).Groups["policy"].Value;

        string[] hashes = [.. Hash.Matches(policy).Select(hash => hash.Value)];
        string[] inPage = [.. Element.Matches(page).Select(element => $"'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(element.Groups["text"].Value)))}'")];
        Assert.That(inPage, Has.Length.GreaterThanOrEqualTo(3));
        Assert.That(hashes, Is.EquivalentTo(inPage));
        Assert.That(policy, Does.StartWith("default-src 'none'; base-uri 'none'; form-action 'none'; ").And.Not.Contain("unsafe"));
        Assert.That(policy.Contains("connect-src 'self'", StringComparison.Ordinal), Is.EqualTo(isLive));
        Assert.That(page, Does.Not.Contain("<!--"));
    }

    [Test]
    public async Task WriteData_Journal_IsWhatThePageHas()
    {
        await using (var server = new LoopbackModelServer("yes", "no", Hostile))
            await CliRun.RunAsync(["run", "-e", "lines | map llm \"? {it}\" pack 1", "-c", TestFiles.NewFile("a\nb\nc"), "--journal-prompts", "--parallel", "1", .. Command(server)]);
        var page = await ReportAsync();

        using var output = new MemoryStream();
        new ReportWriter(JournalTrace.Read(_journal), Path.GetFileName(_journal)).WriteData(output);
        var data = JsonDocument.Parse(output.ToArray()).RootElement;

        Assert.That(page.Calls, Has.Count.EqualTo(3));
        Assert.That(data.GetProperty("calls").GetRawText(), Is.EqualTo($"[{string.Join(',', page.Calls.Select(call => call.GetRawText()))}]"));
        Assert.That(data.GetProperty("data").GetRawText(), Is.EqualTo(page.Data.GetRawText()));
    }

    [Test]
    public async Task RunAsync_LinkToAnotherFile_IsNotWrittenThrough()
    {
        await CliRun.RunAsync("run", "lines | count", "-c", TestFiles.Sample("server.log"), "--journal", _journal);
        string link = Path.Combine(TestFiles.NewDirectory(), "page.html"), program = TestFiles.NewFile("lines | count", "p.rlm");
        File.CreateSymbolicLink(link, _journal);
        string before = await File.ReadAllTextAsync(_journal);

        Assert.That((await CliRun.RunAsync("report", _journal, "-o", link)).Code, Is.EqualTo(ExitCodes.Failed));
        Assert.That((await CliRun.RunAsync("explain", program, "-c", TestFiles.Sample("server.log"), "--html", program)).Code, Is.EqualTo(ExitCodes.Failed));

        Assert.That((await File.ReadAllTextAsync(_journal), await File.ReadAllTextAsync(program)), Is.EqualTo((before, "lines | count")));
    }

    [Test]
    public async Task RunAsync_WrongFiles_AreRefused()
    {
        await CliRun.RunAsync("run", "-e", "1 + 1", "--journal", _journal);
        byte[] journal = await File.ReadAllBytesAsync(_journal);

        var missing = await CliRun.RunAsync("report", _journal);
        var over = await CliRun.RunAsync("report", _journal, "-o", _journal);
        var none = await CliRun.RunAsync("report", _journal + "x", "-o", _page);
        var nowhere = await CliRun.RunAsync("report", _journal, "-o", Path.Combine(_page, "x", "run.html"));

        Assert.That((missing.Code, missing.ErrorLines[0]), Is.EqualTo((2, "rlm: the page is missing: say with -o run.html where it goes")));
        Assert.That((over.Code, over.ErrorLines[0]), Is.EqualTo((5, $"rlm: `{_journal}` is not a page of rlm, and would be replaced; name another file, such as run.html, or remove it")));
        Assert.That(await File.ReadAllBytesAsync(_journal), Is.EqualTo(journal));
        Assert.That((none.Code, none.ErrorLines[0]), Is.EqualTo((5, $"rlm: there is no journal `{_journal}x`, and `rlm runs` lists none of that name")));
        Assert.That((nowhere.Code, nowhere.ErrorLines[0]), Is.EqualTo((5, $"rlm: the page `{Path.Combine(_page, "x", "run.html")}` cannot be written: its directory does not exist; make it, or name another file")));
    }

    [TestCase(10, false, 20_000)]
    [TestCase(10_000, false, 2_400)]
    [TestCase(100_000, false, 240)]
    [TestCase(100_000, true, 960)]
    [TestCase(200_000, false, 200)]
    public void CharsOf_ManyCalls_BoundsThePage(int calls, bool isOfInterest, int chars) => Assert.That(TextRoom.CharsOf(calls, isOfInterest), Is.EqualTo(chars));

    [TestCase("abc", 3, "abc", 0)]
    [TestCase("abcd", 3, "abc", 1)]
    [TestCase("ab\U0001F600", 3, "ab", 2)]
    public void Cut_Text_SplitsNoCharacter(string text, int most, string kept, int leftOut) => Assert.That(TextRoom.Cut(text, most), Is.EqualTo((kept, leftOut)));

    private async Task<ReportPage> ReportAsync()
    {
        var written = await CliRun.RunAsync("report", _journal, "-o", _page);
        Assert.That((written.Code, written.Error), Is.EqualTo((0, $"rlm: the page is in {_page}\n")));
        return ReportPage.Read(_page);
    }

    private static void AssertFigures(ReportPage page, string printed)
    {
        var figures = page.FiguresOf(page.Runs.Count - 1);
        Assert.That(printed, Does.Contain($"rlm: {figures["Sub-calls"]} sub-call").And.Contain($"{figures["Tokens in"]} tokens in")
            .And.Contain($" {figures["Tokens out"]} out").And.EndsWith($", {figures["Time"]}"));
        if (figures["Cost"] != "–")
            Assert.That(printed, Does.Contain($", {figures["Cost"]}, "));
    }

    private string[] Command(LoopbackModelServer server) => ["--base-url", server.OpenAiUrl.ToString(), "--model", "m", "--journal", _journal];

    [GeneratedRegex("</?script[^>]*>", RegexOptions.IgnoreCase)]
    private static partial Regex Tag { get; }

    [GeneratedRegex("http-equiv=\"Content-Security-Policy\" content=\"(?<policy>[^\"]*)\"")]
    private static partial Regex Policy { get; }

    [GeneratedRegex("'sha256-[^']+'")]
    private static partial Regex Hash { get; }

    [GeneratedRegex("<(?:style|script)>(?<text>.*?)</(?:style|script)>", RegexOptions.Singleline)]
    private static partial Regex Element { get; }
}
