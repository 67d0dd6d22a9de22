using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace Rlm.Runtime.Tests.Journal;

/// <summary>A host of its own process with a tool that writes, killed at random moments and started again until it comes to its end.</summary>
internal sealed class KilledAppTests
{
    private const int Customers = 30;

    private string _folder = "";

    private string Books => Path.Combine(_folder, "books");

    private string Doubts => Path.Combine(_folder, "doubts");

    private string JournalFile => Path.Combine(_folder, "run.jsonl");

    [SetUp]
    public void MakeFolder() => _folder = Directory.CreateTempSubdirectory("rlm-killed-").FullName;

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [TestCase(5)]
    [TestCase(11)]
    public async Task Resume_OfAKilledHost_WritesEachOnceAndLosesNone(int seed)
    {
        var asked = new ConcurrentDictionary<string, int>();
        await using var server = new LoopbackModelServer(request =>
        {
            string customer = request.LastUserText.Split("<data>\n")[1].Split("\n</data>")[0];
            asked.AddOrUpdate(customer, 1, static (_, count) => count + 1);
            return LoopbackReply.Text(customer).After(TimeSpan.FromMilliseconds(2));
        });
        string context = Path.Combine(_folder, "customers");
        string[] customers = [.. Enumerable.Range(1, Customers).Select(number => $"customer {number}")];
        await File.WriteAllLinesAsync(context, customers);
        string[] arguments = [server.OpenAiUrl.ToString(), context, JournalFile, Books, Doubts];

        var random = new Random(seed);
        int kills = 0, torn = 0;
        string output = "";
        while (output.Length == 0)
        {
            // Each start writes something before it is killed, so that a call in doubt is settled by then.
            int end = LinesOf(Books).Length + random.Next(1, Customers / 4), pause = random.Next(8);
            using var process = Start(arguments);
            while (LinesOf(Books).Length < end && !process.HasExited)
                await Task.Delay(1);
            await Task.Delay(pause);
            if (!process.HasExited)
            {
                process.Kill();
                kills++;
            }

            await process.WaitForExitAsync();
            if (process.ExitCode == 0)
                output = await process.StandardOutput.ReadToEndAsync();
            else
                Assert.That(await process.StandardError.ReadToEndAsync(), Is.Empty);

            int recorded = CallsOf(JournalFile);
            int made = LinesOf(Books).Length;
            Assert.That(made - recorded, Is.InRange(0, 1), "a call that was made is in the books and in the journal, unless it was in flight");
            torn += made - recorded;
        }

        Assert.That(output, Is.EqualTo($"{customers[..15].Sum(name => name.Length)}, {customers[15..].Sum(name => name.Length)} whole \n"));
        Assert.That(LinesOf(Books), Is.EqualTo(customers), "each once, in order, and none left out");
        Assert.That(kills, Is.GreaterThanOrEqualTo(3));
        Assert.That(LinesOf(Doubts), Has.Length.InRange(torn, kills), "the host is asked about what was in flight and about nothing else");
        Assert.That(asked.Keys, Is.EquivalentTo(customers));
        Assert.That(asked.Values.Sum(), Is.LessThanOrEqualTo(Customers + (2 * kills)), "only what was in flight is asked again");
        TestContext.Out.WriteLine($"{kills} kills, {torn} between a write and its entry, {asked.Values.Sum()} calls for {Customers} customers");
    }

    private static Process Start(string[] arguments)
    {
        string app = Path.Combine(AppContext.BaseDirectory, "Rlm.KilledApp.dll");
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath!, ["exec", app, .. arguments])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    /// <summary>How many calls of the tool came to their end, by the whole lines of the journal.</summary>
    private static int CallsOf(string journal) => LinesOf(journal).Count(static line =>
    {
        using var entry = JsonDocument.Parse(line);
        return entry.RootElement.TryGetProperty("event", out var kind) && kind.GetString() == "toolEnd"
            && entry.RootElement.TryGetProperty("result", out _) && !entry.RootElement.TryGetProperty("held", out _);
    });

    private static string[] LinesOf(string path)
    {
        if (!File.Exists(path))
            return [];

        string text = File.ReadAllText(path);
        return text[..(text.LastIndexOf('\n') + 1)].Split('\n', StringSplitOptions.RemoveEmptyEntries);
    }
}
