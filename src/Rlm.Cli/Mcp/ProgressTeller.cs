using System.Text.Json;
using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Mcp;

/// <summary>Tells a host that wants to know how many calls of a program are done.</summary>
/// <param name="output">Where to.</param>
/// <param name="token">What the host knows the request by; undefined where it does not want to know.</param>
internal sealed class ProgressTeller(RpcWriter output, JsonElement token)
{
    /// <summary>At most so many steps of a stage are told.</summary>
    private const int MaxSteps = 100;

    private string _stage = "";
    private long _doneBefore, _callsBefore, _done, _calls, _told;

    public bool IsWanted => token.ValueKind != JsonValueKind.Undefined;

    public void Report(RlmEvent happened)
    {
        if (!IsWanted || happened.Root is not null)
            return;

        if (happened is StageStarted started)
            (_stage, _done, _calls) = (started.Stage, 0, started.Calls);
        else if (happened is CallFinished call)
            (_done, _calls) = (call.Done, call.Calls);
        else if (happened is StageFinished)
            (_doneBefore, _callsBefore, _done, _calls) = (_doneBefore + _done, _callsBefore + _calls, 0, 0);
        else
            return;

        long done = _doneBefore + _done;
        if (happened is CallFinished && done > _told && (_done == _calls || done - _told >= _calls / MaxSteps))
            Tell(_told = done);
    }

    private void Tell(long done) => output.WriteNotification(
        "notifications/progress",
        RpcWriter.ToElement(new McpProgress(token, done, _callsBefore + _calls, _stage), McpJsonContext.Default.McpProgress));
}
