using System.Collections.Concurrent;
using System.Text.Json;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>The host's tools in a run: how often each was called, how long it may take, and whether it may write.</summary>
/// <param name="tools">The tools.</param>
/// <param name="confirm">Asked before a tool writes; null to refuse it.</param>
/// <param name="confirmName">What messages call the option that asks.</param>
/// <param name="time">What measures how long a call takes.</param>
internal sealed class HostTools(
    IReadOnlyList<RlmTool> tools, Func<RlmToolCall, CancellationToken, ValueTask<bool>>? confirm, string confirmName, TimeProvider time)
{
    public static readonly HostTools None = new([], null, "", TimeProvider.System);

    private readonly ConcurrentDictionary<string, int> _calls = new(StringComparer.Ordinal);

    /// <summary>Told of each call with its result or why it failed; null for nobody.</summary>
    public Action<RlmTool, IReadOnlyList<JsonElement?>, JsonElement?, string?>? Observe { get; init; }

    public RlmTool Find(string name) => tools.First(tool => tool.Name == name);

    /// <summary>Calls a tool within its limits.</summary>
    /// <exception cref="ToolRefusedException">It may not be called, or took too long.</exception>
    public ValueTask<JsonElement?> InvokeAsync(RlmTool tool, IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken) =>
        Observe is null ? InvokeWithinLimitsAsync(tool, arguments, cancellationToken)
            : InvokeObservedAsync(tool, arguments, Observe, cancellationToken);

    private async ValueTask<JsonElement?> InvokeObservedAsync(RlmTool tool, IReadOnlyList<JsonElement?> arguments,
        Action<RlmTool, IReadOnlyList<JsonElement?>, JsonElement?, string?> observe, CancellationToken cancellationToken)
    {
        try
        {
            var result = await InvokeWithinLimitsAsync(tool, arguments, cancellationToken).ConfigureAwait(false);
            observe(tool, arguments, result, null);
            return result;
        }
        catch (Exception exception)
        {
            observe(tool, arguments, null, exception.Message.ReplaceLineEndings(" "));
            throw;
        }
    }

    private async ValueTask<JsonElement?> InvokeWithinLimitsAsync(
        RlmTool tool, IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken)
    {
        if (tool.Effect == RlmToolEffect.Writes)
        {
            if (confirm is null)
                throw new ToolRefusedException($"`{tool.Name}` writes, and the host allows no tool to write ({confirmName})");
            if (!await confirm(new RlmToolCall(tool, arguments), cancellationToken).ConfigureAwait(false))
                throw new ToolRefusedException("the host did not allow this call");
        }

        if (tool.MaxCalls is { } most && _calls.AddOrUpdate(tool.Name, 1, static (_, calls) => calls + 1) > most)
            throw new ToolRefusedException(Invariant($"`{tool.Name}` may be called {most} times in a run"));

        return tool.Timeout is { } timeout
            ? await InvokeInTimeAsync(tool, arguments, timeout, cancellationToken).ConfigureAwait(false)
            : await tool.InvokeAsync(arguments, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>On a thread of its own, since a tool may work before it awaits anything.</summary>
    private async Task<JsonElement?> InvokeInTimeAsync(
        RlmTool tool, IReadOnlyList<JsonElement?> arguments, TimeSpan timeout, CancellationToken cancellationToken)
    {
        using var timer = new CancellationTokenSource(timeout, time);
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(timer.Token, cancellationToken);
        try
        {
            return await Task.Run(() => tool.InvokeAsync(arguments, ending.Token).AsTask(), ending.Token)
                .WaitAsync(ending.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (timer.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw new ToolRefusedException(Invariant($"`{tool.Name}` took longer than {timeout.TotalSeconds:0.###} s"));
        }
    }
}
