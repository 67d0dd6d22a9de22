using System.Diagnostics;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Telemetry;

/// <summary>An operation as it is watched: a span and its duration. There is none where nobody listens.</summary>
internal sealed class TracedOperation : IDisposable
{
    private const string Unknown = "_OTHER";

    private readonly Histogram<double> _duration;
    private readonly Activity? _activity;
    private readonly long _startedAt = Stopwatch.GetTimestamp();
    private TagList _tags;

    private TracedOperation(Histogram<double> duration, string name, ActivityKind kind, in TagList tags)
    {
        _duration = duration;
        _tags = tags;
        _activity = RlmTelemetry.Source.StartActivity(kind, tags: tags, name: name);
    }

    /// <summary>A run; its span is the parent of what it calls.</summary>
    public static TracedOperation? BeginRun(RunIdentity run)
    {
        if (!RlmTelemetry.IsSupported)
            return null;

        var duration = run.Operation == GenAi.InvokeAgent ? RlmTelemetry.AgentDuration : RlmTelemetry.WorkflowDuration;
        if (!IsWatched(duration))
            return null;

        var tags = TagsOf(run.Operation, run.Model);
        if (run.Operation == GenAi.InvokeAgent)
            tags.Add(GenAi.AgentName, RlmTelemetry.Name);
        return new TracedOperation(duration, $"{run.Operation} {RlmTelemetry.Name}", ActivityKind.Internal, tags);
    }

    /// <summary>A call to a model.</summary>
    /// <param name="model">What the client says of itself.</param>
    /// <param name="role">What the run calls the model.</param>
    /// <param name="maxReplyTokens">The longest reply.</param>
    public static TracedOperation? BeginChat(ChatClientMetadata? model, string role, int maxReplyTokens)
    {
        if (!RlmTelemetry.IsSupported || !(IsWatched(RlmTelemetry.ChatDuration) || RlmTelemetry.TokenUsage.Enabled))
            return null;

        var operation = new TracedOperation(
            RlmTelemetry.ChatDuration, model?.DefaultModelId is { } id ? $"{GenAi.Chat} {id}" : GenAi.Chat, ActivityKind.Client,
            TagsOf(GenAi.Chat, model));
        operation.Tell(GenAi.Role, role);
        operation.Tell(GenAi.RequestMaxTokens, maxReplyTokens);
        return operation;
    }

    /// <summary>A call of a host's tool.</summary>
    public static TracedOperation? BeginTool(string name, string description)
    {
        if (!RlmTelemetry.IsSupported || !IsWatched(RlmTelemetry.ToolDuration))
            return null;

        var operation = new TracedOperation(
            RlmTelemetry.ToolDuration, $"{GenAi.ExecuteTool} {name}", ActivityKind.Internal,
            [new(GenAi.OperationName, GenAi.ExecuteTool), new(GenAi.ToolName, name), new(GenAi.ToolType, "function")]);
        operation.Tell(GenAi.ToolDescription, description);
        return operation;
    }

    /// <summary>Tells of a model's response, whose tokens are those that the provider counted.</summary>
    public void Complete(ChatResponse response)
    {
        if (response.ModelId is { } model)
        {
            _tags.Add(GenAi.ResponseModel, model);
            Tell(GenAi.ResponseModel, model);
        }

        Tell(GenAi.ResponseId, response.ResponseId);
        if (response.FinishReason is { } reason)
            Tell(GenAi.FinishReasons, new[] { reason.Value });
        Tell(GenAi.InputTokens, response.Usage?.InputTokenCount);
        Tell(GenAi.OutputTokens, response.Usage?.OutputTokenCount);
        Tell(GenAi.CachedTokens, response.Usage?.CachedInputTokenCount);
        Count(response.Usage?.InputTokenCount, "input");
        Count(response.Usage?.OutputTokenCount, "output");
    }

    /// <summary>Sets an attribute of the span alone; null sets none.</summary>
    public void Tell(string name, object? value) => _activity?.SetTag(name, value);

    /// <summary>The operation failed.</summary>
    /// <param name="type">The kind of error, one of few.</param>
    /// <param name="message">What is said of it.</param>
    public void Fail(string? type, string? message)
    {
        _tags.Add(GenAi.ErrorType, type ?? Unknown);
        Tell(GenAi.ErrorType, type ?? Unknown);
        _activity?.SetStatus(ActivityStatusCode.Error, message);
    }

    /// <summary>Ends the span and takes its time.</summary>
    public void Dispose()
    {
        _duration.Record(Stopwatch.GetElapsedTime(_startedAt).TotalSeconds, _tags);
        _activity?.Dispose();
    }

    private static bool IsWatched(Histogram<double> duration) => duration.Enabled || RlmTelemetry.Source.HasListeners();

    private static TagList TagsOf(string operation, ChatClientMetadata? model)
    {
        TagList tags = [new(GenAi.OperationName, operation), new(GenAi.ProviderName, model?.ProviderName ?? Unknown)];
        if (model?.DefaultModelId is { } id)
            tags.Add(GenAi.RequestModel, id);
        if (model?.ProviderUri is { IsAbsoluteUri: true } address)
        {
            tags.Add(GenAi.ServerAddress, address.Host);
            tags.Add(GenAi.ServerPort, address.Port);
        }

        return tags;
    }

    private void Count(long? tokens, string type)
    {
        if (tokens is not { } count || !RlmTelemetry.TokenUsage.Enabled)
            return;

        var tags = _tags;
        tags.Add(GenAi.TokenType, type);
        RlmTelemetry.TokenUsage.Record((int)Math.Min(count, int.MaxValue), tags);
    }
}
