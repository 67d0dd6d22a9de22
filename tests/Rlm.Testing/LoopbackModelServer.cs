using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace Rlm.Testing;

/// <summary>A model server on a free port of 127.0.0.1 that speaks chat completions, messages and lists of models over real HTTP.</summary>
/// <remarks>Bare sockets, so that a thousand calls at a time measure the client and not the server.</remarks>
public sealed class LoopbackModelServer : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<LoopbackRequest, LoopbackReply> _answer;
    private readonly ConcurrentDictionary<int, LoopbackRequest> _received = new();
    private readonly ConcurrentDictionary<Socket, bool> _open = new();
    private readonly Task _accepting;
    private readonly ConcurrentDictionary<int, LoopbackRequest> _questions = new();
    private int _requests, _questioned, _running, _maxConcurrency;

    /// <summary>
    /// Starts the server; <paramref name="answer"/> is called for every request but lists of models, at the same time for several.
    /// </summary>
    public LoopbackModelServer(Func<LoopbackRequest, LoopbackReply> answer)
    {
        _answer = answer;
        _listener.Start(512);
        Port = ((IPEndPoint)_listener.LocalEndpoint).Port;
        _accepting = AcceptAsync();
    }

    /// <summary>Answers with the replies in order, and with the last one from then on.</summary>
    public LoopbackModelServer(params LoopbackReply[] replies)
        : this(request => replies[Math.Min(request.Index, replies.Length - 1)])
    {
    }

    /// <summary>The port.</summary>
    public int Port { get; }

    /// <summary>The base URL for OpenAI's protocol.</summary>
    public Uri OpenAiUrl => new($"http://127.0.0.1:{Port}/v1");

    /// <summary>The base URL for Anthropic's protocol.</summary>
    public Uri AnthropicUrl => new($"http://127.0.0.1:{Port}");

    /// <summary>The ids in the list of models.</summary>
    public IReadOnlyList<string> Models { get; init; } = ["test-model"];

    /// <summary>Answers a request for the list of models instead of <see cref="Models"/>.</summary>
    public LoopbackReply? ModelsReply { get; init; }

    /// <summary>Answers to what else a server is asked for by GET, by their paths; 404 for others where there are any.</summary>
    public IReadOnlyDictionary<string, string> Pages { get; init; } = new Dictionary<string, string>();

    /// <summary>How many calls came, retries included.</summary>
    public int Requests => Volatile.Read(ref _requests);

    /// <summary>How many requests were being answered at the same time at most.</summary>
    public int MaxConcurrency => Volatile.Read(ref _maxConcurrency);

    /// <summary>What it was asked about itself in the order in which it came: lists of models, and <see cref="Pages"/>.</summary>
    public IReadOnlyList<LoopbackRequest> Questions => [.. _questions.OrderBy(entry => entry.Key).Select(entry => entry.Value)];

    /// <summary>The calls in the order in which they came.</summary>
    public IReadOnlyList<LoopbackRequest> Received => [.. _received.OrderBy(entry => entry.Key).Select(entry => entry.Value)];

    /// <summary>Stops listening and closes every connection, also those that hang.</summary>
    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync().ConfigureAwait(false);
        _listener.Dispose();
        foreach (var socket in _open.Keys)
            socket.Dispose();

        await _accepting.ConfigureAwait(false);
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var socket = await _listener.AcceptSocketAsync(_stop.Token).ConfigureAwait(false);
                _ = ServeAsync(socket, _stop.Token);
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException
            || (exception is InvalidOperationException && _stop.IsCancellationRequested))
        {
            // Disposed; a listener that no longer listens says so by the last of them.
        }
    }

    private async Task ServeAsync(Socket socket, CancellationToken stop)
    {
        socket.NoDelay = true;
        _open[socket] = true;
        try
        {
            var connection = new LoopbackConnection(socket);
            while (await connection.ReadAsync(NextIndex, stop).ConfigureAwait(false) is { } request)
            {
                (IsQuestion(request.Method, request.Path) ? _questions : _received)[request.Index] = request;
                Enter();
                bool goOn;
                try
                {
                    goOn = await AnswerAsync(socket, request, stop).ConfigureAwait(false);
                }
                finally
                {
                    Interlocked.Decrement(ref _running);
                }

                if (!goOn)
                    break;
            }
        }
        catch (Exception exception) when (exception is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // The client went away, or the server was disposed.
        }
        finally
        {
            _open.TryRemove(socket, out _);
            socket.Dispose();
        }
    }

    /// <summary>Whether it is about the server, so that it takes none of the replies.</summary>
    private bool IsQuestion(string method, string path) => method == "GET" || Pages.ContainsKey(path);

    private int NextIndex(string method, string path) =>
        (IsQuestion(method, path) ? Interlocked.Increment(ref _questioned) : Interlocked.Increment(ref _requests)) - 1;

    private async Task<bool> AnswerAsync(Socket socket, LoopbackRequest request, CancellationToken stop)
    {
        LoopbackReply reply;
        bool isPage = Pages.Count > 0 && request.IsList && !request.Path.EndsWith("/models", StringComparison.Ordinal);
        if (isPage || Pages.ContainsKey(request.Path))
        {
            reply = Pages.TryGetValue(request.Path, out string? page) ? LoopbackReply.Raw(page) : LoopbackReply.Error(404);
            await SendAsync(socket, LoopbackReplyWriter.Write(request, reply), stop).ConfigureAwait(false);
            return true;
        }

        if (request.IsList && ModelsReply is null)
        {
            await SendAsync(socket, LoopbackReplyWriter.WriteModels(Models), stop).ConfigureAwait(false);
            return true;
        }

        try
        {
            reply = request.IsList ? ModelsReply! : _answer(request);
        }
        catch (Exception exception)
        {
            // Shown to the caller, who would otherwise see a lost connection only.
            reply = LoopbackReply.Error(418, $"the test's handler threw {exception.GetType().Name}: {exception.Message}");
        }

        if (reply.Delay > TimeSpan.Zero)
            await Task.Delay(reply.Delay, stop).ConfigureAwait(false);
        await reply.Gate.WaitAsync(stop).ConfigureAwait(false);

        if (reply.Fault is LoopbackFault.Hang or LoopbackFault.StallInHead or LoopbackFault.StallInBody)
        {
            byte[] whole = reply.Fault == LoopbackFault.Hang ? [] : LoopbackReplyWriter.Write(request, reply);
            await SendAsync(
                socket,
                whole.AsMemory(0, reply.Fault switch { LoopbackFault.Hang => 0, LoopbackFault.StallInHead => 20, _ => whole.Length - 5 }),
                stop).ConfigureAwait(false);
            reply.Stalled?.Invoke();
            await Task.Delay(Timeout.Infinite, stop).ConfigureAwait(false);
        }

        if (reply.Fault != LoopbackFault.Reset)
            await SendAsync(socket, LoopbackReplyWriter.Write(request, reply), stop).ConfigureAwait(false);

        if (reply.Fault is not (LoopbackFault.Reset or LoopbackFault.ResetInBody))
            return true;

        // Lets the sent half arrive: a reset throws away what the client has not read.
        if (reply.Fault == LoopbackFault.ResetInBody)
            await Task.Delay(20, stop).ConfigureAwait(false);

        socket.LingerState = new(true, 0);
        return false;
    }

    private static async Task SendAsync(Socket socket, ReadOnlyMemory<byte> bytes, CancellationToken stop)
    {
        while (!bytes.IsEmpty)
            bytes = bytes[await socket.SendAsync(bytes, stop).ConfigureAwait(false)..];
    }

    private void Enter()
    {
        int running = Interlocked.Increment(ref _running), seen;
        while (running > (seen = Volatile.Read(ref _maxConcurrency)))
            Interlocked.CompareExchange(ref _maxConcurrency, running, seen);
    }
}
