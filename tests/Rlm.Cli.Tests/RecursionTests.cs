using System.Collections.Concurrent;
using System.Globalization;
using System.Text.RegularExpressions;

namespace Rlm.Cli.Tests;

/// <summary>A root that asks roots of roots over a large text, against a server that counts by prompt.</summary>
internal sealed partial class RecursionTests
{
    private const int Lines = 200_000;
    private static readonly string[] Words = ["apple", "bravo", "candle", "dune"];

    [Test]
    public async Task Ask_RootsBelowRoots_AnswersOnOneBudgetAndTellsWhoDoesWhat()
    {
        await using var server = new LoopbackModelServer(request => LoopbackReply.Text(Reply(request)));

        var run = await CliRun.RunAsync([.. Command(server), "-v", "--parallel", "1"]);

        Assert.That((run.Code, run.Output), Is.EqualTo((ExitCodes.Answered, Answer)), run.Error);
        Assert.That(run.Error, Does.Contain("  -- root 1.1: Count the lines of this part.\n  -- root 1.1, turn 1 of 20\n    let said = "));
        Assert.That(run.Error, Does.Contain("    -- root 1.1/1.2, turn 1 of 20\n      answer context | lines | count\nrlm:     root 1.1/1.2: answered, 1 call\n    -- root 1.1/1.2 answers: "));
        Assert.That(run.Error, Does.Contain("rlm:   root 1.1: map llm "));
    }

    [Test]
    public async Task Ask_KilledInTheMiddle_GoesOnWithoutPayingTwice()
    {
        string binary = NativeBinary.Require();
        var asked = new ConcurrentDictionary<string, int>();
        await using var server = new LoopbackModelServer(request =>
        {
            asked.AddOrUpdate(Budget.Replace(request.Body, ""), 1, (_, count) => count + 1);
            return LoopbackReply.Text(Reply(request)).After(TimeSpan.FromMilliseconds(20));
        });
        string journal = Path.Combine(TestFiles.NewDirectory(), "run.jsonl");
        string[] command = [.. Command(server), "-q", "--journal", journal];
        using (var process = NativeBinary.Start(binary, command))
        {
            while (server.Requests < 12 && !process.HasExited)
                await Task.Delay(1);
            process.Kill();
            await process.WaitForExitAsync();
        }

        int held = File.ReadLines(journal).Count(line => line.Contains("\"event\":\"call\"", StringComparison.Ordinal));
        var resumed = await NativeBinary.RunAsync(binary, [.. command, "--resume"]);

        Assert.That((resumed.Code, resumed.Output), Is.EqualTo((ExitCodes.Answered, Answer)), resumed.Error);
        // A call that was in flight may come twice, one whose reply was written may not.
        Assert.That(server.Requests, Is.AtMost(asked.Count + 8));
        Assert.That((held, asked.Values.Count(count => count == 1)), Is.EqualTo((held, asked.Count - asked.Values.Count(count => count > 1))));
        Assert.That(asked.Values.Count(count => count > 1), Is.AtMost(12 + 8 - held));
        var replayed = await NativeBinary.RunAsync(binary, "replay", journal);
        Assert.That(replayed.Output, Is.EqualTo(Answer));
    }

    private static string Answer => $"{Lines}\n";

    private static string[] Command(LoopbackModelServer server) =>
    [
        "ask", "How many lines are there?", "-c",
        TestFiles.NewFile(string.Concat(Enumerable.Range(1, Lines).Select(line => string.Create(CultureInfo.InvariantCulture, $"line {line} has {Words[line % 4]} and then some more words of it\n")))),
        "--base-url", server.OpenAiUrl.ToString(), "-m", "test-model", "--max-depth", "2", "--max-calls", "400",
    ];

    /// <summary>What the model writes: a root by its question, a sub-call by its prompt.</summary>
    private static string Reply(LoopbackRequest request)
    {
        string question = Question.Match(request.UserTexts[0]) is { Success: true } found ? found.Groups["text"].Value : "";
        string program = (question, request.UserTexts.Count) switch
        {
            ("How many lines are there?", _) => "answer context | chunk into 4 | map rlm \"Count the lines of this part.\" as number | sum",
            ("Count the lines of this part.", 1) => "let said = context | lines | first 3 | map llm \"Say: {it}\"\nsaid",
            ("Count the lines of this part.", _) => "answer context | chunk into 2 | map rlm \"Count.\" as number | sum",
            ("Count.", _) => "answer context | lines | count",
            _ => "",
        };
        return program.Length > 0 ? $"```rlm\n{program}\n```" : "said";
    }

    [GeneratedRegex(@"<question>\n(?<text>[\s\S]*?)\n</question>")]
    private static partial Regex Question { get; }

    [GeneratedRegex(@"<budget>.*?</budget>")]
    private static partial Regex Budget { get; }
}
