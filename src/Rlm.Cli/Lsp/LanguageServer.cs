using System.Text.Json;
using System.Threading.Channels;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Output;

namespace Rlm.Cli.Lsp;

/// <summary>Speaks the Language Server Protocol 3.17 over a pair of streams: one message after another, in the order in which they come.</summary>
internal sealed class LanguageServer(LanguageService service, MessageReader input, RpcWriter output, StatusWriter status)
{
    /// <summary>Messages that wait at most, before no more are read.</summary>
    private const int MaxWaiting = 1000;

    private const string Cancel = "$/cancelRequest", Exit = "exit";

    private readonly OpenDocuments _documents = new();
    private readonly CancelledRequests _cancelled = new();
    private ServerState _state = ServerState.Started;
    private LanguageFeatures? _features;

    private enum ServerState
    {
        Started,
        Initialized,
        ShutDown,
    }

    /// <summary>Answers until the editor says that it is over, or is gone; gives the exit code.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var waiting = Channel.CreateBounded<Func<bool>>(new BoundedChannelOptions(MaxWaiting) { SingleReader = true, SingleWriter = true });
        // A read of standard input holds its thread, and does not end when it is cancelled.
        _ = Task.Run(() => ReadAllAsync(waiting.Writer, cancellationToken), CancellationToken.None);
        while (await waiting.Reader.WaitToReadAsync(cancellationToken).ConfigureAwait(false))
        {
            while (waiting.Reader.TryRead(out var handle))
            {
                if (!handle())
                    return _state == ServerState.ShutDown ? ExitCodes.Answered : ExitCodes.NotShutDown;
            }

            // Who types faster than programs are checked is told of the last text alone.
            foreach (var changed in _documents.TakeChanged())
                Try("textDocument/publishDiagnostics", null, () => Publish(_features!.Check(changed)));
        }

        return _state == ServerState.ShutDown ? ExitCodes.Answered : ExitCodes.NotShutDown;
    }

    /// <summary>Reads all messages as what is to be done with each, which is false at the end; a request may be cancelled until its turn comes.</summary>
    private async Task ReadAllAsync(ChannelWriter<Func<bool>> waiting, CancellationToken cancellationToken)
    {
        Exception? failure = null;
        try
        {
            for (bool isOver = false; !isOver;)
            {
                Func<bool> handle;
                try
                {
                    if (await input.ReadAsync(cancellationToken).ConfigureAwait(false) is not { } bytes)
                        break;

                    var message = RpcMessage.Read(bytes);
                    isOver = message.Method == Exit;
                    _cancelled.Note(message, Cancel);
                    handle = () => Handle(message);
                }
                catch (Exception exception) when (exception is JsonException or InvalidOperationException or RpcException)
                {
                    var error = exception as RpcException ?? new RpcException(RpcException.ParseError, "the message is not a JSON object");
                    handle = () => Refuse(error);
                }

                await waiting.WriteAsync(handle, cancellationToken).ConfigureAwait(false);
            }
        }
        catch (InvalidDataException exception)
        {
            await waiting.WriteAsync(() => Refuse(new RpcException(RpcException.ParseError, exception.Message)), cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            failure = exception;
        }

        waiting.Complete(failure);
    }

    private bool Refuse(RpcException error)
    {
        status.Warn(error.Message);
        output.WriteError(RpcWriter.Null, error);
        return true;
    }

    /// <summary>Answers a request, or does what a notification says; false for the last one.</summary>
    private bool Handle(RpcMessage message)
    {
        bool isCancelled = _cancelled.Take(message);
        if (message is { Method: { } method, IsRequest: true })
        {
            Try(method, message.Id, () => output.WriteResult(message.Id, isCancelled
                ? throw new RpcException(RpcException.RequestCancelled, "the request was cancelled") : Answer(method, message)));
        }
        else if (message is { Method: { } told, IsNotification: true })
        {
            if (told == Exit)
                return false;
            if (_state == ServerState.Initialized && !Try(told, null, () => Take(told, ReadParameters(message))))
                Try(told, null, () => Forget(message.Params));
        }
        else if (!message.IsReply)
        {
            return Refuse(new RpcException(RpcException.InvalidRequest, "a message has a method, and an id that is a number or a text, or none"));
        }

        return true;
    }

    /// <summary>Does what a message asks for; what goes wrong is the answer to a request, and is told of anything else.</summary>
    /// <returns>Whether it was done.</returns>
    private bool Try(string method, JsonElement? id, Action work)
    {
        try
        {
            work();
            return true;
        }
        catch (Exception exception) when (exception is not (IOException or OperationCanceledException))
        {
            var error = exception as RpcException
                ?? new RpcException(RpcException.InternalError, $"internal error, {exception.GetType().Name}: {exception.Message} (please report it)");
            if (id is { } asked)
                output.WriteError(asked, error);
            else
                status.Warn($"{method}: {error.Message}");
            return false;
        }
    }

    /// <summary>
    /// Closes the document of a change that could not be made: it is not what the editor has, and no answer is better than one about another text.
    /// </summary>
    private void Forget(JsonElement parameters)
    {
        var uri = RpcMessage.FindProperty(parameters, "textDocument", "uri");
        if (uri.ValueKind == JsonValueKind.String && _documents.Forget(uri.GetString()!))
            Publish(new LspPublished(uri.GetString()!, null, []));
    }

    private static LspParams ReadParameters(RpcMessage message)
    {
        try
        {
            return message.Params.ValueKind != JsonValueKind.Object ? new LspParams()
                : message.Params.Deserialize(LspJsonContext.Default.LspParams) ?? new LspParams();
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            // The latter for a text with half of a character.
            throw new RpcException(RpcException.InvalidParams, $"the parameters cannot be read: {exception.Message}");
        }
    }

    private JsonElement Answer(string method, RpcMessage message)
    {
        if (_state == ServerState.ShutDown)
            throw new RpcException(RpcException.InvalidRequest, "the server is shut down");
        if (method == "initialize")
            return Initialize(message.Params);
        if (_features is not { } features)
            throw new RpcException(RpcException.ServerNotInitialized, "the first request is `initialize`");

        var parameters = ReadParameters(message);
        switch (method)
        {
            case "shutdown":
                _state = ServerState.ShutDown;
                return RpcWriter.Null;
            case "textDocument/completion":
                return RpcWriter.ToElement(features.Complete(_documents.Find(parameters), Require(parameters.Position, "position")), LspJsonContext.Default.IReadOnlyListLspCompletion);
            case "textDocument/hover":
                return features.DescribeWord(_documents.Find(parameters), Require(parameters.Position, "position")) is { } hover
                    ? RpcWriter.ToElement(hover, LspJsonContext.Default.LspHover) : RpcWriter.Null;
            case "textDocument/codeAction":
                bool isWanted = parameters.Context?.Only is not { } only || only.Any(kind => kind is "" or LanguageFeatures.QuickFix);
                var document = _documents.Find(parameters);
                return RpcWriter.ToElement(isWanted ? features.FindFixes(document, Require(parameters.Range, "range")) : [], LspJsonContext.Default.IReadOnlyListLspAction);
            case "textDocument/formatting":
                return RpcWriter.ToElement(LanguageFeatures.Format(_documents.Find(parameters)), LspJsonContext.Default.IReadOnlyListLspEdit);
            default:
                throw new RpcException(RpcException.MethodNotFound, $"there is no `{PlainText.Cut(method, 80)}`");
        }
    }

    private JsonElement Initialize(JsonElement parameters)
    {
        if (_features is not null)
            throw new RpcException(RpcException.InvalidRequest, "`initialize` came before");

        var editor = new EditorCapabilities(parameters);
        _documents.CountsBytes = editor.CountsBytes;
        _features = new LanguageFeatures(service, editor.ShowsMarkdown);
        _state = ServerState.Initialized;
        return RpcWriter.ParseJson($$"""
            {
              "capabilities": {
                "positionEncoding": "{{(editor.CountsBytes ? EditorCapabilities.Utf8 : EditorCapabilities.Utf16)}}",
                "textDocumentSync": { "openClose": true, "change": 2 },
                "completionProvider": { "triggerCharacters": [".", "|"] },
                "hoverProvider": true,
                "codeActionProvider": { "codeActionKinds": ["{{LanguageFeatures.QuickFix}}"] },
                "documentFormattingProvider": true
              },
              "serverInfo": { "name": "rlm", "version": "{{RlmCli.Version}}" }
            }
            """);
    }

    private void Take(string method, LspParams parameters)
    {
        switch (method)
        {
            case "textDocument/didOpen":
                _documents.Open(parameters);
                break;
            case "textDocument/didChange":
                _documents.Change(parameters);
                break;
            case "textDocument/didClose":
                // Nothing is wrong with what is not there.
                string closed = _documents.Find(parameters).Uri;
                _documents.Forget(closed);
                Publish(new LspPublished(closed, null, []));
                break;
        }
    }

    private void Publish(LspPublished published) =>
        output.WriteNotification("textDocument/publishDiagnostics", RpcWriter.ToElement(published, LspJsonContext.Default.LspPublished));

    private static T Require<T>(T? parameter, string name)
        where T : class => parameter ?? throw new RpcException(RpcException.InvalidParams, $"the request has no {name}");
}
