using Rlm.Cli.CommandLine;
using Rlm.Cli.Mcp.Sessions;

namespace Rlm.Cli.Mcp.Tools;

/// <summary>Says what is wrong with a program.</summary>
internal sealed class CheckTool(KeptSessions sessions) : McpTool(
    "check", "Check a program",
    "What is wrong with a program, and what to write instead; nothing is run. `run` checks first, too: use this for a program that is to be kept. Without contexts `context` is taken to be a text.",
    [Program, Contexts, Session])
{
    public override async Task<McpResult> CallAsync(McpCall call, CancellationToken cancellationToken)
    {
        var arguments = Read(call);
        string text = arguments.Require(Program.Name, "\"context | grep /ERROR/ | count\"");
        if (!sessions.HasContexts && arguments.FindList(KeptSessions.ContextsArgument, "") is null && arguments.Find(KeptSessions.SessionArgument) is null)
            return Tell(RlmProgram.Compile(text, Program.Name, [ContextArgument.DefaultName], RunText.OperatorsPage), null);

        var session = await sessions.OpenAsync(arguments, cancellationToken).ConfigureAwait(false);
        return await session.Turns.TakeAsync<McpResult>(
            async () => Tell(await Task.Run(() => session.Programs.Compile(text), cancellationToken).ConfigureAwait(false), session),
            cancellationToken).ConfigureAwait(false);
    }

    private static McpToolResult Tell(RlmProgram program, KeptSession? session)
    {
        string found = program.Diagnostics.Count == 0 ? "no errors" : DiagnosticRenderer.Render(program.Diagnostics, program.Source).TrimEnd();
        return McpToolResult.Of(session is null ? found : $"{found}\n\n{RunText.TellSession(session)}");
    }
}
