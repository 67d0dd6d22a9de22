using System.Text.Json;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Telemetry;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>Calls a host's tool: arguments as JSON, the result read as the type that the tool declares.</summary>
internal static class ToolCall
{
    /// <summary>The result; a failed value where the tool throws or gives something else than it declares.</summary>
    public static Value Invoke(FunctionCall call)
    {
        var evaluation = call.Evaluation;
        if (call.Arguments.OfType<FailedValue>().FirstOrDefault() is { } failed)
            return failed;

        var tool = evaluation.Tools.Find(call.Name);
        var arguments = new JsonElement?[tool.Parameters.Count];
        string problem;
        using var traced = TracedOperation.BeginTool(tool.Name, tool.Description);
        try
        {
            for (int i = 0; i < arguments.Length; i++)
                arguments[i] = ToolArguments.Read(tool.Parameters[i], call.Call.Function.Parameters[i].Type, call.Find(i), evaluation.Now);

            var result = Await(evaluation.Tools.InvokeAsync(tool, arguments, evaluation.CancellationToken));
            var reading = ReplyReader.Read(ToolSignature.ResultOf(tool), result ?? default);
            if (reading.Value is { } value)
                return value;
            problem = reading.Problem!;
            traced?.Fail("MalformedResult", problem);
        }
        catch (OperationCanceledException) when (evaluation.CancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception exception)
        {
            problem = exception.Message.ReplaceLineEndings(" ");
            traced?.Fail(exception.GetType().FullName, problem);
        }

        evaluation.FailTool(tool.Name, problem);
        return new FailedValue(problem);
    }

    /// <summary>Expressions are evaluated without awaiting, so a tool that does is waited for.</summary>
    private static JsonElement? Await(ValueTask<JsonElement?> running) =>
        running.IsCompletedSuccessfully ? running.Result : running.AsTask().GetAwaiter().GetResult();
}
