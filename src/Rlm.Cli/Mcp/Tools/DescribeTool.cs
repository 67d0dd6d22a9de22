using Rlm.Cli.Mcp.Sessions;

namespace Rlm.Cli.Mcp.Tools;

/// <summary>Shows what the contexts are.</summary>
internal sealed class DescribeTool(KeptSessions sessions) : McpTool(
    "describe", "Describe files",
    "What files are, however large: type, size, lines from head, middle and tail, and how to parse one that looks like a table, with its columns. Begin with it; the session that it names keeps the files open.",
    [Contexts, Session])
{
    public override async Task<McpResult> CallAsync(McpCall call, CancellationToken cancellationToken)
    {
        var arguments = Read(call);
        if (!sessions.HasContexts && arguments.FindList(KeptSessions.ContextsArgument, KeptSessions.ContextsExample) is null && arguments.Find(KeptSessions.SessionArgument) is null)
            throw new ToolException($"name the files, as in {{\"{KeptSessions.ContextsArgument}\": [\"server.log\"]}}; they may be in {sessions.Folders}");

        var session = await sessions.OpenAsync(arguments, cancellationToken).ConfigureAwait(false);
        return await session.Turns.TakeAsync<McpResult>(
            async () =>
            {
                string cards = await Task.Run(session.Programs.Describe, cancellationToken).ConfigureAwait(false);
                return McpToolResult.Of($"{cards}{string.Concat(session.Notes.Select(static note => $"\nnote: {note}"))}\n\nPass this `{KeptSessions.SessionArgument}` from now on.\n{RunText.TellSession(session)}");
            }, cancellationToken).ConfigureAwait(false);
    }
}
