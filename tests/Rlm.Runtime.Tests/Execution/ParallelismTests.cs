using System.Text.Json;
using Rlm.Runtime.Tests.Models;

namespace Rlm.Runtime.Tests.Execution;

/// <summary>The same answers and journals whatever the parallelism, over replies that come back out of order.</summary>
internal sealed class ParallelismTests
{
    private static readonly string[] TimeFields = ["line", "sum", "atMs", "tookMs", "elapsedMs", "waitMs"];

    [TestCase("answer context | lines | map llm \"Say: {it}\" | join \"\\n\"")]
    [TestCase("answer context | lines | map llm \"Say: {it}\" as number or skip | join \"\\n\"")]
    [TestCase("answer context | lines | where llm \"Is it even? {it}\" | join \"\\n\"")]
    [TestCase("answer context | lines | where llm \"Is it even? {it}\" pack 1 | first 3 | join \"\\n\"")]
    [TestCase("answer context | lines | extend kind = llm \"Which?\" as one of [\"spam\", \"ham\"] pack 4 | count by kind")]
    [TestCase("answer context | lines | extend llm \"Read: {it}\" as {n: number?}")]
    [TestCase("answer context | lines | chunk 4 lines | map llm \"Sum.\" | reduce llm \"Merge them.\"")]
    [TestCase("answer context | llm \"What?\"")]
    public async Task RunAsync_AnyParallelism_GivesTheSameBytesAndJournal(string program)
    {
        await using var server = new LoopbackModelServer(request =>
        {
            string text = request.LastUserText;
            int hash = (int)(System.IO.Hashing.XxHash32.HashToUInt32(System.Text.Encoding.UTF8.GetBytes(text)) % 1_000);
            string one = text.Contains("<reply>\nbool", StringComparison.Ordinal) ? (hash % 2 == 0 ? "yes" : "no")
                : text.Contains("<reply>\none of", StringComparison.Ordinal) ? (hash % 2 == 0 ? "spam" : "ham")
                : text.Contains("<reply>\n{", StringComparison.Ordinal) ? $"{{\"n\": {hash}}}" : $"{hash}";
            int rows = text.Split('\n').Count(line => line.StartsWith('['));
            string reply = rows > 1 ? string.Join('\n', Enumerable.Range(1, rows).Select(row => $"[{row}] {one}")) : one;
            return (hash % 17 == 0 ? LoopbackReply.Error(400, "{\"error\":{\"message\":\"no\"}}") : LoopbackReply.Text(reply))
                .After(TimeSpan.FromMilliseconds(request.Index * 7 % 9));
        });
        var seen = new List<(string? Answer, string Journal)>();
        foreach (int parallel in (int[])[1, 8, 64])
        {
            string path = Path.Combine(
                Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}-{parallel}.jsonl");
            try
            {
                using var client = ModelClients.Connect(server, ModelProvider.OpenAi);
                string? answer;
                using (var journal = RlmJournal.Create(path))
                    answer = (await ProgramRun.RunAsync(
                        program,
                        ProgramRun.Items(40),
                        client,
                        new RlmOptions { Journal = journal, Parallel = parallel, MaxCalls = 500 })).Answer;
                seen.Add(
                    (answer, string.Join('\n', (await File.ReadAllLinesAsync(path)).Select(WithoutTimes).Order(StringComparer.Ordinal))));
            }
            finally
            {
                File.Delete(path);
            }
        }

        Assert.That(seen[0].Answer, Is.Not.Null);
        Assert.That(seen[0].Journal, Does.Contain("\"event\":\"call\"").Or.Contain("\"event\":\"failed\""));
        Assert.That(seen[1], Is.EqualTo(seen[0]));
        Assert.That(seen[2], Is.EqualTo(seen[0]));
    }

    private static string WithoutTimes(string line)
    {
        using var entry = JsonDocument.Parse(line);
        return string.Join(',', entry.RootElement.EnumerateObject().Where(field => !TimeFields.Contains(field.Name))
            .Select(field => $"\"{field.Name}\":{field.Value.GetRawText()}"));
    }
}
