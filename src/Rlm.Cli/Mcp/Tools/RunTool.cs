using System.Text.Json;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Mcp.Sessions;

namespace Rlm.Cli.Mcp.Tools;

/// <summary>Runs a program.</summary>
/// <param name="sessions">What it may run over.</param>
/// <param name="models">What it may ask.</param>
/// <param name="results">Keeps what is too long to be shown.</param>
/// <param name="isAllowed">Whether it may spend without a question.</param>
internal sealed class RunTool(KeptSessions sessions, McpModels models, KeptResults results, bool isAllowed) : McpTool(
    "run", "Run a program", RunDescription.Text, [Program, Contexts, Session])
{
    private readonly PendingQuestions _pending = new();

    private protected override bool IsReadOnly => !isAllowed;

    public override async Task<McpResult> CallAsync(McpCall call, CancellationToken cancellationToken)
    {
        var arguments = Read(call);
        string text = arguments.Require(Program.Name, "\"context | grep /ERROR/ | count\"");
        var earlier = RpcMessage.FindProperty(call.Request.Params, "requestState") is { ValueKind: JsonValueKind.String } state
            ? _pending.Take(state.GetString()!, text) : null;
        if (earlier is not null && !SpendingQuestion.IsYes(RpcMessage.FindProperty(call.Request.Params, "inputResponses", SpendingQuestion.Name)))
            return McpToolResult.OfError(SpendingQuestion.Declined);

        var session = earlier is null ? await sessions.OpenAsync(arguments, cancellationToken).ConfigureAwait(false) : sessions.Find(earlier.Session);
        try
        {
            return await session.Turns.TakeAsync(() => RunAsync(call, session, text, earlier?.Stages ?? [], cancellationToken), cancellationToken).ConfigureAwait(false);
        }
        catch (OutOfMemoryException)
        {
            sessions.DropOthers(session);
            throw;
        }
    }

    private async Task<McpResult> RunAsync(McpCall call, KeptSession session, string text, IReadOnlyList<SpendingStage> allowed, CancellationToken cancellationToken)
    {
        var program = await Task.Run(() => session.Programs.Compile(text), cancellationToken).ConfigureAwait(false);
        if (!program.IsPaid || program.HasErrors)
            return await RunAsync(call, session, program, null, cancellationToken).ConfigureAwait(false);

        await models.ChooseAsync(cancellationToken).ConfigureAwait(false);
        var question = isAllowed ? null : new SpendingQuestion(call.Request, call.Host, text, models.Name, allowed);
        return await models.Spending.TakeAsync(() => RunAsync(call, session, program, question, cancellationToken), cancellationToken).ConfigureAwait(false);
    }

    private async Task<McpResult> RunAsync(McpCall call, KeptSession session, RlmProgram program, SpendingQuestion? question, CancellationToken cancellationToken)
    {
        session.Use(models, options => options with { Confirm = question is null ? null : question.AskAsync, CallEvents = call.Progress.IsWanted });
        var written = new RunText(session, results);
        RlmResult? result = null;
        await foreach (var happened in session.Programs.RunStreamingAsync(program, cancellationToken).ConfigureAwait(false))
        {
            call.Progress.Report(happened);
            written.Report(happened);
            result = (happened as RunFinished)?.Result;
        }

        if (question?.Open is not null)
            return question.WriteResult(_pending, session.Id);

        string text = written.Write(result!);
        bool isDone = result!.Outcome is RlmOutcome.Answered or RlmOutcome.Completed;
        IEnumerable<McpContent> links = call.Request.KnowsLinks ? written.Links.Select(McpContent.OfLink) : [];
        return new McpToolResult(
            [McpContent.OfText(question?.Refusal is { } refusal ? $"{refusal}\n\n{text}" : text), .. links], isDone ? null : true);
    }
}
