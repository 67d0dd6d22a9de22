using System.Text.RegularExpressions;
using Rlm.Cli.Tests.Mcp;

namespace Rlm.Cli.Tests.Documentation;

/// <summary>The session of docs/agents.md, as it runs.</summary>
internal sealed partial class AgentsPageTests
{
    [Test]
    [CancelAfter(30_000)]
    public async Task Session_Programs_GiveWhatIsShown()
    {
        var shown = Turns.Matches(File.ReadAllText(Path.Combine(TestFiles.Root, "docs", "agents.md")).ReplaceLineEndings("\n"));
        using var agent = await AgentSession.OpenAsync("2025-11-25", "{}", "--allow", TestFiles.Root);

        string? session = null;
        foreach (Match turn in shown)
        {
            string text = await agent.RunAsync(turn.Groups["program"].Value, session is null ? "samples/server.log" : null, session);
            Assert.That(text, Does.StartWith($"{turn.Groups["text"].Value}\n\nsession: "));
            session = AgentSession.SessionOf(text);
        }

        Assert.That(shown, Has.Count.EqualTo(2));
    }

    [GeneratedRegex("```rlm\\n(?<program>.*?)\\n```\\n.*?```text\\n(?<text>.*?)\\n```", RegexOptions.Singleline)]
    private static partial Regex Turns { get; }
}
