using Rlm.Cli.Mcp.Sessions;
using Rlm.Cli.Output;

namespace Rlm.Cli.Mcp.Tools;

/// <summary>Says how a program would run, and what it would spend.</summary>
internal sealed class PlanTool(KeptSessions sessions, McpModels models) : McpTool(
    "plan", "Plan a program",
    "How a program would run, stage by stage: types, items, and of paid stages (`llm` and the like) the calls, tokens and money at most. Free stages are evaluated, nothing is spent. Of use before a program with paid stages; others cost nothing.",
    [Program, Contexts, Session])
{
    public override async Task<McpResult> CallAsync(McpCall call, CancellationToken cancellationToken)
    {
        var arguments = Read(call);
        string text = arguments.Require(Program.Name, "\"context | lines | extend rude = llm \\\"Is it rude?\\\" as bool\"");
        var session = await sessions.OpenAsync(arguments, cancellationToken).ConfigureAwait(false);
        return await session.Turns.TakeAsync(() => PlanAsync(session, text, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<McpResult> PlanAsync(KeptSession session, string text, CancellationToken cancellationToken)
    {
        var program = await Task.Run(() => session.Programs.Compile(text), cancellationToken).ConfigureAwait(false);
        string found = program.Diagnostics.Count == 0 ? "" : $"{DiagnosticRenderer.Render(program.Diagnostics, program.Source).TrimEnd()}\n\n";
        if (program.HasErrors)
            return McpToolResult.OfError($"{found}{RunText.TellSession(session)}");

        string? missing = program.IsPaid ? await models.FindMissingAsync(cancellationToken).ConfigureAwait(false) : null;
        session.Use(models, static options => options);
        var explanation = await session.Programs.ExplainAsync(program, cancellationToken).ConfigureAwait(false);
        string stops = explanation.Plan.StopsAt is { } stop ? $"\n\n{DiagnosticRenderer.Render(stop, program.Source).TrimEnd()}" : "";
        return McpToolResult.Of($"{found}{string.Join('\n', ExplanationText.LinesOf(explanation))}\nnothing was spent{stops}{(missing is null ? "" : $"\n\nthe server has no model: {missing}. Calls are counted as for any model; tokens are estimated for the built-in one, and money is not known. `run` refuses the program until then")}\n\n{RunText.TellSession(session)}");
    }
}
