using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Rlm.Cli;

namespace Rlm.Server.Tests;

/// <summary>A server in this process, on a free port of 127.0.0.1.</summary>
internal sealed class ServerRun : IAsyncDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly Task<int> _running;
    private readonly StringWriter _error;

    private ServerRun(Task<int> running, CancellationTokenSource stop, StringWriter error) => (_running, _stop, _error) = (running, stop, error);

    public HttpClient Http { get; private init; } = new();

    /// <summary>What it told on stderr.</summary>
    public string Error
    {
        get
        {
            lock (_error)
                return _error.ToString();
        }
    }

    /// <summary>Starts one and waits until it listens.</summary>
    /// <param name="environment">The variables; folders of its own are added.</param>
    /// <param name="args">The options.</param>
    public static async Task<ServerRun> StartAsync(IReadOnlyDictionary<string, string> environment, params string[] args)
    {
        var stop = new CancellationTokenSource();
        var variables = new Dictionary<string, string>(environment);
        variables.TryAdd("XDG_STATE_HOME", OwnFolders.Create());
        variables.TryAdd("XDG_CONFIG_HOME", OwnFolders.Create());
        var address = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost
        {
            OpenInput = () => Stream.Null,
            Output = new AddressWriter(address),
            Error = TextWriter.Synchronized(error),
            Variable = name => variables.GetValueOrDefault(name),
            ModelOptions = new ModelClientOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) },
            Serve = RlmServer.RunAsync,
        };
        var running = Task.Run(() => RlmCli.RunAsync(["serve", .. args.Contains("--listen") ? args : ["--listen", "127.0.0.1:0", .. args]], host, stop.Token));
        if (await Task.WhenAny(address.Task, running) == running)
            Assert.Fail($"the server ended with code {await running}: {error}");
        return new(running, stop, error) { Http = new() { BaseAddress = new($"{(await address.Task)[..^2]}"), Timeout = TimeSpan.FromMinutes(2) } };
    }

    /// <summary>Starts one with a model server behind it.</summary>
    public static Task<ServerRun> StartAsync(LoopbackModelServer models, params string[] args) =>
        StartAsync(new Dictionary<string, string> { ["OPENAI_API_KEY"] = "sk-upstream" }, ["--base-url", $"{models.OpenAiUrl}", "--model", "test-model", .. args]);

    /// <summary>Starts one with the offline model.</summary>
    public static Task<ServerRun> StartOfflineAsync(params string[] args) => StartAsync(new Dictionary<string, string> { ["RLM_MODEL"] = "offline" }, args);

    /// <summary>Posts a conversation.</summary>
    public Task<HttpResponseMessage> PostAsync(string body, string? token = null, CancellationToken cancellationToken = default)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new StringContent(body, Encoding.UTF8, "application/json") };
        if (token is not null)
            request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", token);
        return Http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
    }

    /// <summary>Posts a conversation and reads the reply.</summary>
    public async Task<(int Status, JsonElement Json)> AskAsync(string body, string? token = null)
    {
        using var response = await PostAsync(body, token);
        return ((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()));
    }

    /// <summary>Asks it to stop, as a signal does.</summary>
    public Task StopAsync() => _stop.CancelAsync();

    /// <summary>Waits for its end.</summary>
    public Task<int> EndAsync() => _running;

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        Http.Dispose();
        Assert.That(await _running, Is.Zero);
        _stop.Dispose();
    }

    private sealed class AddressWriter(TaskCompletionSource<string> address) : StringWriter
    {
        public override void WriteLine(string? value) => address.TrySetResult(value!);
    }
}
