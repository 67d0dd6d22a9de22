using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Rlm.Testing;

/// <summary>A chat client without a model: replies in order, or by a function of the call. Safe for concurrent calls.</summary>
public sealed class ScriptedChatClient : IChatClient
{
    private readonly Func<ScriptedCall, CancellationToken, Task<ChatResponse>> _answer;
    private readonly ConcurrentDictionary<int, ScriptedCall> _calls = new();
    private int _count, _running, _maxConcurrency;

    /// <summary>Answers with the texts in order; one call more throws <see cref="UnscriptedCallException"/>.</summary>
    public ScriptedChatClient(params string[] replies)
        : this(call => call.Index < replies.Length
            ? replies[call.Index]
            : throw new UnscriptedCallException($"Call {call.Index + 1} came, {replies.Length} were scripted. It says:\n{call.LastText}"))
    {
    }

    /// <summary>Answers with the function's text.</summary>
    public ScriptedChatClient(Func<ScriptedCall, string> answer)
        : this((call, _) => Task.FromResult(Response(answer(call), call)))
    {
    }

    /// <summary>Answers with the function's response.</summary>
    public ScriptedChatClient(Func<ScriptedCall, CancellationToken, Task<ChatResponse>> answer) => _answer = answer;

    /// <summary>What <see cref="GetService"/> answers besides the client, such as traits or metadata.</summary>
    public IReadOnlyList<object> Services { get; init; } = [];

    /// <summary>How many calls came.</summary>
    public int CallCount => Volatile.Read(ref _count);

    /// <summary>How many calls ran at the same time at most.</summary>
    public int MaxConcurrency => Volatile.Read(ref _maxConcurrency);

    /// <summary>The calls in the order in which they came.</summary>
    public IReadOnlyList<ScriptedCall> Calls => [.. _calls.OrderBy(entry => entry.Key).Select(entry => entry.Value)];

    /// <summary>A response with the text; its usage counts words, which stand for tokens.</summary>
    public static ChatResponse Response(string text, ScriptedCall call)
    {
        int input = CountWords(call.AllText), output = CountWords(text);
        return new(new ChatMessage(ChatRole.Assistant, text))
        {
            ModelId = "scripted",
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = input, OutputTokenCount = output, TotalTokenCount = input + output },
        };
    }

    public async Task<ChatResponse> GetResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var call = new ScriptedCall(Interlocked.Increment(ref _count) - 1, [.. messages], options);
        _calls[call.Index] = call;
        int running = Interlocked.Increment(ref _running), seen;
        while (running > (seen = Volatile.Read(ref _maxConcurrency)))
            Interlocked.CompareExchange(ref _maxConcurrency, running, seen);

        try
        {
            return await _answer(call, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Interlocked.Decrement(ref _running);
        }
    }

    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
        IEnumerable<ChatMessage> messages, ChatOptions? options = null,
        [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var response = await GetResponseAsync(messages, options, cancellationToken).ConfigureAwait(false);
        foreach (var update in response.ToChatResponseUpdates())
            yield return update;
    }

    public object? GetService(Type serviceType, object? serviceKey = null) =>
        serviceKey is not null ? null
        : serviceType.IsInstanceOfType(this) ? this
        : Services.FirstOrDefault(serviceType.IsInstanceOfType);

    public void Dispose()
    {
    }

    private static int CountWords(string text) => text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Length;
}
