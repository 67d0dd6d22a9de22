using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Rlm.Cli.Tests.JsonRpc;

namespace Rlm.Cli.Tests.Mcp;

/// <summary>An agent's host that speaks with <c>rlm mcp</c> in this process.</summary>
internal sealed class AgentSession : IDisposable
{
    private const string Prefix = "io.modelcontextprotocol/";

    private readonly TypedInput _input = new();
    private readonly LineOutput _output = new();
    private readonly StringWriter _error = new() { NewLine = "\n" };
    private readonly List<JsonNode> _unread = [];
    private readonly Task<int> _run;
    private int _lastId;

    private AgentSession(string[] args)
    {
        var host = new CliHost
        {
            OpenInput = () => _input,
            IsInputRedirected = true,
            Output = _output,
            Error = TextWriter.Synchronized(_error),
            ModelOptions = new ModelClientOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) },
        };
        _run = RlmCli.RunAsync(["mcp", .. args], host);
    }

    public string Error => _error.ToString();

    /// <summary>What each request says of the host, where it says so; null for one with a handshake.</summary>
    public string? Capabilities { get; init; }

    /// <summary>What progress is asked for by; null for none.</summary>
    public string? ProgressToken { get; set; }

    /// <summary>One that has not said a word yet.</summary>
    public static AgentSession Start(params string[] args) => new(args);

    /// <summary>One of the newest revision.</summary>
    public static AgentSession StartStateless(string capabilities, params string[] args) => new(args) { Capabilities = capabilities };

    /// <summary>One of an older revision, with its handshake behind it; it may read the samples.</summary>
    public static async Task<AgentSession> OpenAsync(string version = "2025-11-25", string capabilities = "{}", params string[] args)
    {
        var session = Start(args.Contains("--allow") ? args : ["--allow", Path.Combine(TestFiles.Root, "samples"), .. args]);
        await session.AskAsync("initialize", $$"""{"protocolVersion":"{{version}}","capabilities":{{capabilities}},"clientInfo":{"name":"test","version":"1"} }""");
        session.Tell("notifications/initialized", "{}");
        return session;
    }

    /// <summary>Sends a request; the answer as a whole.</summary>
    public Task<JsonNode> AskAsync(string method, string parameters = "{}") => ReadAnswerAsync(SendRequest(method, parameters));

    /// <summary>Calls a tool; its result.</summary>
    public async Task<JsonNode> CallAsync(string tool, string arguments, string others = "") => (await AskAsync("tools/call", ParametersOf(tool, arguments, others)))["result"]!;

    /// <summary>The text of a tool's result.</summary>
    public async Task<string> CallForTextAsync(string tool, string arguments) => TextOf(await CallAsync(tool, arguments));

    /// <summary>Runs a program over contexts, in a session where one is given; its text.</summary>
    public Task<string> RunAsync(string program, string? context = null, string? session = null) => CallForTextAsync("run", ArgumentsOf(program, context, session));

    public static string ArgumentsOf(string program, string? context = null, string? session = null) => new JsonObject(
        new Dictionary<string, JsonNode?> { ["program"] = program, ["contexts"] = context is null ? null : new JsonArray(context), ["session"] = session }
            .Where(argument => argument.Value is not null)).ToJsonString();

    public static string ParametersOf(string tool, string arguments, string others = "") => $$"""{"name":"{{tool}}","arguments":{{arguments}}{{others}} }""";

    public static string TextOf(JsonNode result) => result["content"]![0]!["text"]!.ToString();

    /// <summary>The session that a text names.</summary>
    public static string SessionOf(string text) => text[(text.LastIndexOf("session: ", StringComparison.Ordinal) + 9)..].Split(';')[0];

    /// <summary>Sends a request without a wait; its id.</summary>
    public int SendRequest(string method, string parameters)
    {
        int id = ++_lastId;
        var node = (JsonObject)JsonNode.Parse(parameters)!;
        if (Capabilities is not null)
            node["_meta"] = JsonNode.Parse($$"""{"{{Prefix}}protocolVersion":"2026-07-28","{{Prefix}}clientCapabilities":{{Capabilities}} }""");
        if (ProgressToken is not null)
            ((JsonObject)(node["_meta"] ??= new JsonObject()))["progressToken"] = ProgressToken;
        Send($$"""{"jsonrpc":"2.0","id":{{id}},"method":"{{method}}","params":{{node.ToJsonString()}} }""");
        return id;
    }

    public Task<JsonNode> ReadAnswerAsync(int id) => ReadAsync(message => message["method"] is null && message["id"]?.ToString() == $"{id}");

    /// <summary>The next message of that kind; others are kept for who asks for them.</summary>
    public async Task<JsonNode> ReadAsync(Func<JsonNode, bool> isMeant)
    {
        for (int i = 0; ; i++)
        {
            if (i == _unread.Count)
                _unread.Add(await _output.Messages.ReadAsync(TestContext.CurrentContext.CancellationToken));
            if (!isMeant(_unread[i]))
                continue;

            var message = _unread[i];
            _unread.RemoveAt(i);
            return message;
        }
    }

    public void Tell(string method, string parameters) => Send($$"""{"jsonrpc":"2.0","method":"{{method}}","params":{{parameters}} }""");

    public void Send(string json) => SendBytes(Encoding.UTF8.GetBytes($"{json}\n"));

    public void SendBytes(byte[] bytes) => _input.Add(bytes);

    /// <summary>Messages that came and that nobody has read.</summary>
    public IReadOnlyList<JsonNode> ReadRest()
    {
        while (_output.Messages.TryRead(out var message))
            _unread.Add(message);
        return _unread;
    }

    /// <summary>Closes the input and waits for the exit code.</summary>
    public Task<int> EndAsync()
    {
        _input.End();
        return _run;
    }

    public void Dispose()
    {
        _input.End();
        _input.Dispose();
        _output.Dispose();
        _error.Dispose();
    }

    /// <summary>What is written can be read as messages, each a line.</summary>
    private sealed class LineOutput : StringWriter
    {
        private readonly Channel<JsonNode> _messages = Channel.CreateUnbounded<JsonNode>();

        public ChannelReader<JsonNode> Messages => _messages.Reader;

        public override void Flush()
        {
            string[] lines = ToString().Split('\n');
            GetStringBuilder().Clear();
            foreach (string line in lines[..^1])
                _messages.Writer.TryWrite(JsonNode.Parse(line)!);
        }

        public override Task FlushAsync(CancellationToken cancellationToken)
        {
            Flush();
            return Task.CompletedTask;
        }
    }
}
