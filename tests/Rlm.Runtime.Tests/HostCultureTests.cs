using System.Text.Json;
using Microsoft.Extensions.Time.Testing;
using Rlm.Runtime.Tests.Root;

namespace Rlm.Runtime.Tests;

/// <summary>Prompts, keys, answers and messages are the same whatever culture the host has.</summary>
internal sealed class HostCultureTests
{
    private static readonly string Rows =
        "day,amount,share\n" + string.Join('\n', Enumerable.Range(1, 1_500).Select(
            row => FormattableString.Invariant($"2024-03-{row % 28 + 1:00} 1{row % 10}:05:00,{(row % 7 - 3) * 1234.5m},{row / 8.0}")));

    private static readonly string[] Programs =
    [
        "let rows = context | parse csv\nshow rows\nanswer rows | sum amount",
        "answer context | parse csv | group by day: sum amount, mean share | top 3 by share",
        "answer context | parse csv | where amount < -1000.5 | first 3 | map \"{day:%d.%m.%Y}: {amount} and {share * -1.25}\"",
        "answer context | parse csv | first 2 | map llm \"{amount * -1.5} at {day}\" | join \"; \"",
        "answer context | parse csv | map llm \"{amount}\" pack 1",
        "answer context | parse csv | first 3 | reduce llm \"Add up\"",
        "answer context | parse csv | chunk 1.5",
        "answer context | parse csv | first amount / 0",
        "answer -1234.5 * 1000",
    ];

    [Test]
    public async Task Run_Programs_TellTheSame(
        [ValueSource(typeof(HostCulture), nameof(HostCulture.Names))] string culture, [ValueSource(nameof(Programs))] string program)
    {
        var (here, prompts) = await RunAsync();
        using var host = new HostCulture(culture);
        var (there, promptsThere) = await RunAsync();

        Assert.That(promptsThere, Is.EqualTo(prompts));
        Assert.That(TellOf(there), Is.EqualTo(TellOf(here)));

        async Task<(ProgramRun, string[])> RunAsync()
        {
            var model = new ScriptedChatClient(call => "yes");
            var run = await ProgramRun.RunAsync(
                program,
                Rows,
                model,
                new RlmOptions { Parallel = 1, MaxCalls = 1_000, Price = new TokenPrice(1.5m, 6), MaxCostUsd = 1.25m });
            return (run, [.. model.Calls.Select(call => call.AllText)]);
        }
    }

    [TestCaseSource(typeof(HostCulture), nameof(HostCulture.Names))]
    public async Task Ask_WithLimits_HasTheSameKeysAndObservations(string culture)
    {
        var (here, keys, prompts) = await AskAsync();
        using var host = new HostCulture(culture);
        var (there, keysThere, promptsThere) = await AskAsync();

        Assert.That(keys, Has.Length.EqualTo(4));
        Assert.That(keysThere, Is.EqualTo(keys));
        Assert.That(promptsThere, Is.EqualTo(prompts));
        Assert.That(there.Observations, Is.EqualTo(here.Observations));
        Assert.That(there.Result.Answer, Is.EqualTo(here.Result.Answer));

        async Task<(RootRun, string[], string[])> AskAsync()
        {
            string path = Path.Combine(Path.GetTempPath(), $"rlm-{TestContext.CurrentContext.Test.ID}-{Environment.ProcessId}.jsonl");
            try
            {
                var root = new ScriptedChatClient(
                    RootRun.Fenced("let rows = context | parse csv\nshow rows"),
                    RootRun.Fenced("show rows | sum amount"),
                    RootRun.Fenced("answer rows | first 1 | map llm \"{amount} of {share}\""));
                RootRun run;
                using (var journal = RlmJournal.Create(path))
                {
                    run = await RootRun.AskAsync(root, Rows, RootRun.Programs with
                    {
                        Journal = journal,
                        MaxTokens = 1_000_000,
                        MaxCostUsd = 12.5m,
                        Price = new TokenPrice(1.5m, 6),
                        TimeProvider = new FakeTimeProvider(),
                    }, new ScriptedChatClient(call => "fine"));
                }

                return (run, [.. File.ReadLines(path).Select(line => JsonDocument.Parse(line).RootElement)
                    .Where(entry => entry.TryGetProperty("key", out _)).Select(
                        entry => entry.GetProperty("key").GetString()!)], [.. root.Calls.Select(call => call.AllText)]);
            }
            finally
            {
                File.Delete(path);
            }
        }
    }

    private static string TellOf(ProgramRun run) => string.Join('\n',
    [
        $"{run.Result.Outcome}: {run.Answer}", .. run.Notes, .. run.Result.Reasons, .. run.Result.Losses.Select(loss => loss.Text),
        .. run.Events.OfType<ValueShown>().Select(shown => $"{shown.Schema}\n{shown.Text}"),
        .. run.Events.OfType<DiagnosticsFound>().Select(found => found.Rendered),
    ]);
}
