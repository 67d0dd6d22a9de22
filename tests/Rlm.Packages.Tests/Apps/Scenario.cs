using Rlm;

namespace Shop;

/// <summary>What every app does and prints.</summary>
internal static class Scenario
{
    private const string Log =
        """
        10:00 ERROR host=api-02 timeout
        10:01 INFO host=api-01 started
        10:02 ERROR host=api-02 refused
        10:03 ERROR host=web-01 timeout
        """;

    public static async Task<string> RunAsync()
    {
        using var model = new OwnClient();
        using var log = TextSource.FromString(Log, "server.log");
        var agent = new RlmAgent(model, options: new RlmOptions { DirectTokens = 0, Tools = new Staff().Tools });
        var asked = await agent.AskAsync("Who looks after the host with the most errors?", log);

        var session = new RlmSession(model, [RlmVariable.Text("log", log)]);
        var wrong = await session.RunAsync("log | lines | cuont");
        var labelled = await session.RunAsync("answer log | lines | where llm \"Is it bad?\" | count");
        var page = await session.RunAsync("answer \"<p>one</p>\" | parse html");
        return string.Join('\n',
        [
            $"asked: {asked.Outcome} {asked.Answer} after {asked.Usage.Steps} step",
            $"wrong: {wrong.Diagnostics[0].Id} {wrong.Diagnostics[0].Help}",
            $"labelled: {labelled.Answer} with {labelled.Usage.Calls} call",
            $"page: {page.Answer ?? page.Diagnostics[0].Help}",
            $"pipeline: {await Reports.HostsAsync(model, log, CancellationToken.None)}",
        ]);
    }
}
