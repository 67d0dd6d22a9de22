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

    private readonly Dictionary<string, int> _calls = new(StringComparer.Ordinal);

    /// <summary>Told of each call with its result or why it failed; null for nobody.</summary>
    public Action<RlmTool, IReadOnlyList<JsonElement?>, JsonElement?, string?>? Observe { get; init; }

    /// <summary>Where calls of tools that write are written down, and found again; null for nowhere.</summary>
    public IToolJournal? Journal { get; init; }

    /// <summary>Tells the time since the run began.</summary>
    public Func<TimeSpan> Elapsed { get; init; } = static () => TimeSpan.Zero;

    public RlmTool Find(string name) => tools.First(tool => tool.Name == name);

    /// <summary>Calls a tool within its limits. One that writes is not called where the journal has what it gave.</summary>
    /// <exception cref="ToolRefusedException">It may not be called, or took too long.</exception>
    public ValueTask<JsonElement?> InvokeAsync(RlmTool tool, IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken) =>
        tool.Effect == RlmToolEffect.Writes && Journal is not null
            ? WriteAsync(tool, arguments, Journal, cancellationToken)
            : InvokeAsync(new RlmToolCall(tool, arguments), static () => { }, cancellationToken);

    private async ValueTask<JsonElement?> WriteAsync(
        RlmTool tool, IReadOnlyList<JsonElement?> arguments, IToolJournal journal, CancellationToken cancellationToken)
    {
        var made = new ToolOutcome(ToolCallKey.Of(tool, arguments), tool.Name);
        var held = journal.TakeToolCall(made.Key);
        if (held?.Outcome is { } known)
        {
            journal.Write(known with { IsHeld = true }, Elapsed());
            return known.Failure is { } failure ? throw new ToolRefusedException(failure) : known.Result;
        }

        try
        {
            var call = new RlmToolCall(tool, arguments) { MayHaveBeenMade = held?.MayHaveBeenMade == true };
            var result = await InvokeAsync(call, () => journal.WriteToolCall(made.Key, tool.Name, Elapsed()), cancellationToken)
                .ConfigureAwait(false);
            made = made with { Result = result };
        }
        catch (Exception exception) when (!cancellationToken.IsCancellationRequested)
        {
            journal.Write(made with { Failure = exception.Message.ReplaceLineEndings(" ") }, Elapsed());
            throw;
        }

        journal.Write(made, Elapsed());
        return made.Result;
    }

    private async ValueTask<JsonElement?> InvokeAsync(RlmToolCall call, Action begin, CancellationToken cancellationToken)
    {
        try
        {
            var result = await InvokeWithinLimitsAsync(call, begin, cancellationToken).ConfigureAwait(false);
            Observe?.Invoke(call.Tool, call.Arguments, result, null);
            return result;
        }
        catch (Exception exception)
        {
            Observe?.Invoke(call.Tool, call.Arguments, null, exception.Message.ReplaceLineEndings(" "));
            throw;
        }
    }

    /// <param name="call">The call.</param>
    /// <param name="begin">Called when it is about to be made.</param>
    /// <param name="cancellationToken">Cancels it.</param>
    private async ValueTask<JsonElement?> InvokeWithinLimitsAsync(RlmToolCall call, Action begin, CancellationToken cancellationToken)
    {
        var tool = call.Tool;
        if (tool.Effect == RlmToolEffect.Writes)
        {
            if (confirm is null)
                throw new ToolRefusedException($"`{tool.Name}` writes, and the host allows no tool to write ({confirmName})");
            if (!await confirm(call, cancellationToken).ConfigureAwait(false))
                throw new ToolRefusedException("the host did not allow this call");
        }

        if (tool.MaxCalls is { } most && CountCall(tool.Name) > most)
            throw new ToolRefusedException(Invariant($"`{tool.Name}` may be called {most} times in a run"));

        begin();
        return tool.Timeout is { } timeout
            ? await InvokeInTimeAsync(tool, call.Arguments, timeout, cancellationToken).ConfigureAwait(false)
            : await tool.InvokeAsync(call.Arguments, cancellationToken).ConfigureAwait(false);
    }

    private int CountCall(string tool)
    {
        lock (_calls)
            return _calls[tool] = _calls.GetValueOrDefault(tool) + 1;
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
