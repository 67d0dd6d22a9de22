using System.Text.Json;
using Rlm.Cli.Report;

namespace Rlm.Cli.Tests.Report;

internal sealed class RunsWriterTests
{
    private string _folder = "";

    [SetUp]
    public void MakeFolder() => _folder = TestFiles.NewDirectory();

    [TearDown]
    public void DeleteFolder() => Directory.Delete(_folder, recursive: true);

    [Test]
    public async Task WriteData_Runs_TellWhatTheyCameTo()
    {
        string whole = Path.Combine(_folder, "20261129-081500.jsonl"), broken = Path.Combine(_folder, "20261129-081400-2.jsonl");
        await using (var server = new LoopbackModelServer("yes", "no"))
            await CliRun.RunAsync("run", "-e", "lines | map llm \"? {it}\" pack 1", "-c", TestFiles.NewFile("a\nb"), "--price", "1000/2000", "--base-url", server.OpenAiUrl.ToString(), "--model", "m", "--journal", whole);
        await File.WriteAllTextAsync(broken, "{}");

        using var output = new MemoryStream();
        new RunsWriter([KeptRun.Read("20261129-081500", whole), KeptRun.Read("20261129-081400-2", broken)]).WriteData(output);
        var rows = JsonDocument.Parse(output.ToArray()).RootElement;

        Assert.That(rows.EnumerateArray().Select(row => $"{row.GetProperty("name")}: {row.GetProperty("began")}, {row.GetProperty("outcome")}, {row.GetProperty("tone")}, {row.GetProperty("calls")}"), Is.EqualTo(new[]
        {
            "20261129-081500: 2026-11-29 08:15:00, completed, good, 2",
            "20261129-081400-2: 2026-11-29 08:14:00, not readable, bad, 0",
        }));
        Assert.That(rows[0].GetProperty("title").GetString(), Does.StartWith("run -e lines | map llm"));
        Assert.That(rows[0].GetProperty("cost").GetDecimal(), Is.GreaterThan(0));
        Assert.That(rows[1].GetProperty("cost").ValueKind, Is.EqualTo(JsonValueKind.Null));
    }
}
