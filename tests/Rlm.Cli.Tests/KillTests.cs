using System.Collections.Concurrent;
using System.Text.Json;

namespace Rlm.Cli.Tests;

/// <summary>
/// The native binary, killed at random moments of a run of 1,000 calls and resumed, against a server that counts by prompt.
/// </summary>
internal sealed class KillTests
{
    private const int Calls = 1_000;
    private const string Single = "answer context | lines | map llm \"Say it: {it}\" | join \"\\n\"";
    private const string Packed = "answer context | lines | map llm \"Say it: {it}\" pack 2 | join \"\\n\"";

    [Test]
    public Task Resume_KilledAtRandomMoments_PaysForNothingTwice() => KillAsync(Single, Calls, kills: 20, seed: 7);

    /// <summary>Each row stands there twice, and two different ones share a call.</summary>
    [Test]
    public Task Resume_PacksOfRepeatedRowsKilledAtRandomMoments_PaysForNothingTwice() => KillAsync(Packed, 2 * Calls, kills: 10, seed: 5);

    [Test]
    [Explicit("200 kills take some minutes")]
    public Task Resume_Killed200Times_PaysForNothingTwice() => KillAsync(Single, Calls, kills: 200, seed: 11);

    private static async Task KillAsync(string program, int texts, int kills, int seed)
    {
        string binary = NativeBinary.Require();
        var asked = new ConcurrentDictionary<string, int>();
        await using var server = new LoopbackModelServer(request =>
        {
            string text = request.LastUserText, tag = text.Contains("<rows>\n", StringComparison.Ordinal) ? "rows" : "data";
            string prompt = text.Split($"<{tag}>\n")[1].Split($"\n</{tag}>")[0];
            asked.AddOrUpdate(prompt, 1, (_, count) => count + 1);
            return LoopbackReply.Text(prompt).After(TimeSpan.FromMilliseconds(2));
        });
        string[] rows = [.. Enumerable.Range(1, texts).Select(row => $"row {row}")];
        rows = program == Packed ? [.. rows, .. rows] : rows;
        string[] command =
        [
            "run", "-e", program, "-c", TestFiles.NewFile(string.Join('\n', rows)),
            "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model", "--max-calls", "2000", "--parallel", "8", "-q",
        ];
        var undisturbed = await NativeBinary.RunAsync(binary, command);
        Assert.That(undisturbed.Code, Is.Zero, undisturbed.Error);
        Assert.That(undisturbed.Output, Is.EqualTo(string.Join('\n', rows) + "\n"));
        Assert.That(server.Requests, Is.EqualTo(Calls));

        var random = new Random(seed);
        string journal = "";
        int killed = 0, written = 0, resumes = 0, finished = 0;
        for (int kill = 0; kill < kills; kill++)
        {
            // A journal is killed and gone on with until its run is whole; then another begins.
            if (journal.Length == 0)
            {
                asked.Clear();
                journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
            }

            bool isThere = File.Exists(journal) && new FileInfo(journal).Length > 0;
            int last = server.Requests + random.Next(Calls * 4 / 5);
            using (var process = NativeBinary.Start(binary, [.. command, "--journal", journal, .. isThere ? (string[])["--resume"] : []]))
            {
                // A run that goes on with a journal may end before it has asked so often.
                while (server.Requests < last && !process.HasExited)
                    await Task.Delay(1);
                process.Kill();
                await process.WaitForExitAsync();
            }

            killed++;
            var held = HeldReplies(journal);
            written += held.Count;
            int[] before = [.. held.Select(prompt => asked[prompt])];
            if (kill % 2 == 0)
                continue;

            resumes++;
            bool goesOn = File.Exists(journal) && IsWholeHead(journal);
            if (!goesOn)
                File.Delete(journal);
            var resumed = await NativeBinary.RunAsync(binary, [.. command, "--journal", journal, .. goesOn ? (string[])["--resume"] : []]);

            Assert.That(resumed, Is.EqualTo(undisturbed));
            Assert.That(held.Select(prompt => asked[prompt]), Is.EqualTo(before), "a reply that was written was asked for again");
            var replayed = await NativeBinary.RunAsync(binary, "replay", journal);
            Assert.That(replayed.Output, Is.EqualTo(undisturbed.Output));
            finished++;
            journal = "";
        }

        TestContext.Out.WriteLine(
            $"{killed} kills, {resumes} resumed to the end, {finished} equal; {(double)written / killed:0} replies held at a kill on average");
    }

    private static bool IsWholeHead(string journal) => File.ReadAllText(journal).Contains('\n', StringComparison.Ordinal);

    /// <summary>The replies in whole lines of the file, which are the prompts again.</summary>
    private static List<string> HeldReplies(string journal)
    {
        if (!File.Exists(journal))
            return [];

        string text = File.ReadAllText(journal);
        var keys = new HashSet<string>();
        var replies = new List<string>();
        foreach (string line in text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            using var entry = JsonDocument.Parse(line);
            if (!entry.RootElement.TryGetProperty("event", out var kind) || kind.GetString() != "call")
                continue;

            Assert.That(keys.Add(entry.RootElement.GetProperty("key").GetString()!), Is.True, "a reply was paid for twice");
            replies.Add(entry.RootElement.GetProperty("reply").GetString()!);
        }

        return replies;
    }

    [Test]
    public async Task Journal_SecondProcess_IsRefusedWhileTheFirstRuns()
    {
        string binary = NativeBinary.Require();
        await using var server = new LoopbackModelServer(LoopbackReply.Hang());
        string journal = Path.Combine(TestFiles.NewDirectory(), "two.jsonl");
        string[] args = ["run", "-e", "context | llm \"?\"", "-c", TestFiles.NewFile("a"), "-m", "test-model", "--base-url",
            server.OpenAiUrl.ToString(), "--journal", journal];
        using var first = NativeBinary.Start(binary, args);
        while (server.Requests == 0 && !first.HasExited)
            await Task.Delay(5);

        var second = await NativeBinary.RunAsync(binary, [.. args, "--resume"]);
        first.Kill();
        await first.WaitForExitAsync();
        var third = await NativeBinary.RunAsync(binary, "journal", journal);

        Assert.That((second.Code, second.Output, server.Requests), Is.EqualTo((ExitCodes.Failed, "", 1)), second.Error);
        Assert.That(second.Error, Does.Contain(journal));
        Assert.That(third.Code, Is.Zero, third.Error);
    }
}
