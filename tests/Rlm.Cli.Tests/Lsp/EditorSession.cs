using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Rlm.Cli.Lsp;
using Rlm.Cli.Tests.JsonRpc;

namespace Rlm.Cli.Tests.Lsp;

/// <summary>An editor that speaks with <c>rlm lsp</c> in this process.</summary>
internal sealed class EditorSession : IDisposable
{
    private const string Uri = "file:///a.rlm";

    private readonly TypedInput _input = new();
    private readonly MessageOutput _output = new();
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly Task<int> _run;
    private int _lastId, _version;

    private EditorSession(string[] args)
    {
        var host = new CliHost { OpenInput = () => _input, IsInputRedirected = true, Output = _output, Error = TextWriter.Synchronized(_error) };
        _run = RlmCli.RunAsync(["lsp", .. args], host);
    }

    public string Error => _error.ToString();

    public string[] ErrorLines => Error.TrimEnd('\n').Split('\n');

    /// <summary>One that has not said a word yet.</summary>
    public static EditorSession Start(params string[] args) => new(args);

    /// <summary>One that says what it can do, and has a document open.</summary>
    public static async Task<EditorSession> OpenAsync(string text, string capabilities = "{}", params string[] args)
    {
        var session = Start(args);
        await session.AskAsync("initialize", $$"""{"processId":null,"rootUri":null,"capabilities":{{capabilities}} }""");
        session.Tell("initialized", "{}");
        session.OpenDocument(text);
        return session;
    }

    public void OpenDocument(string text) => Tell("textDocument/didOpen",
        $$"""{"textDocument":{"uri":"{{Uri}}","languageId":"rlm","version":{{_version = 1}},"text":{{Quote(text)}} } }""");

    /// <summary>Changes the document: each change is JSON.</summary>
    public void Change(params string[] changes) => Tell("textDocument/didChange",
        $$"""{"textDocument":{"uri":"{{Uri}}","version":{{++_version}}},"contentChanges":[{{string.Join(',', changes)}}]}""");

    /// <summary>Sends a request; the answer as a whole.</summary>
    public async Task<JsonNode> AskAsync(string method, string parameters)
    {
        int id = ++_lastId;
        Send($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{parameters}} }""");
        while (true)
        {
            var message = await ReadAsync();
            if (message["id"] is JsonValue answered && answered.ToString() == $"{id}")
                return message;
        }
    }

    /// <summary>Asks about a place of the document; the result.</summary>
    public async Task<JsonNode?> AskAtAsync(string method, int line, int character) => (await AskAsync($"textDocument/{method}",
        $$"""{"textDocument":{"uri":"{{Uri}}"},"position":{"line":{{line}},"character":{{character}} } }"""))["result"];

    /// <summary>Asks for the actions of a line.</summary>
    public async Task<JsonArray> AskActionsAsync(int line, string context = "{\"diagnostics\":[]}") => (JsonArray)(await AskAsync("textDocument/codeAction",
        $$"""{"textDocument":{"uri":"{{Uri}}"},"range":{"start":{"line":{{line}},"character":0},"end":{"line":{{line}},"character":999} },"context":{{context}} }"""))["result"]!;

    public async Task<JsonArray> AskLayoutAsync() => (JsonArray)(await AskAsync("textDocument/formatting",
        $$$"""{"textDocument":{"uri":"{{{Uri}}}"},"options":{"tabSize":2,"insertSpaces":true}}"""))["result"]!;

    public void Tell(string method, string parameters) => Send($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}} }""");

    public void Send(string json) => SendBytes(Encoding.UTF8.GetBytes($"Content-Length: {Encoding.UTF8.GetByteCount(json)}\r\n\r\n{json}"));

    public void SendBytes(byte[] bytes) => _input.Add(bytes);

    /// <summary>The next message.</summary>
    public Task<JsonNode> ReadAsync() => _output.ReadAsync();

    /// <summary>The diagnostics of the document's last version.</summary>
    public async Task<JsonArray> ReadDiagnosticsAsync()
    {
        while (true)
        {
            var message = await ReadAsync();
            if (message["method"]?.ToString() == "textDocument/publishDiagnostics" && (int?)message["params"]!["version"] == _version)
                return (JsonArray)message["params"]!["diagnostics"]!;
        }
    }

    /// <summary>Closes the input and waits for the exit code.</summary>
    public Task<int> EndAsync()
    {
        _input.End();
        return WaitAsync();
    }

    /// <summary>Waits for the exit code.</summary>
    public Task<int> WaitAsync() => _run;

    public void Dispose()
    {
        // The server ends at the end of its input, which nobody waits for here.
        _input.End();
        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    private static string Quote(string text) => JsonValue.Create(text)!.ToJsonString();

    /// <summary>What is written can be read as messages.</summary>
    private sealed class MessageOutput : StringWriter
    {
        private readonly Channel<JsonNode> _messages = Channel.CreateUnbounded<JsonNode>();

        public override void Flush()
        {
            byte[] bytes = Encoding.UTF8.GetBytes(ToString());
            GetStringBuilder().Clear();
            var reader = new MessageReader(new MemoryStream(bytes));
            while (reader.ReadAsync(default).Result is { } body)
                _messages.Writer.TryWrite(JsonNode.Parse(body)!);
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flush();
            return Task.CompletedTask;
        }

        public async Task<JsonNode> ReadAsync() => await _messages.Reader.ReadAsync(TestContext.CurrentContext.CancellationToken);
    }
}
