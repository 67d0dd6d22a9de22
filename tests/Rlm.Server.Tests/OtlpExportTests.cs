using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Rlm.Server.Tests;

/// <summary>What a collector gets. The exporter reads variables of the process, so that these tests run alone.</summary>
[NonParallelizable]
internal sealed class OtlpExportTests
{
    private const string Program = "```rlm\nanswer (context | grep /ERROR/ | count)\n```", Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    [TearDown]
    public void Unset() => Environment.SetEnvironmentVariable(Endpoint, null);

    [Test]
    public async Task Serve_WithACollector_SendsSpansMetricsAndLogs()
    {
        await using var collector = new Collector();
        await using var models = new LoopbackModelServer(Program);
        Environment.SetEnvironmentVariable(Endpoint, collector.Url);

        await using (var server = await ServerRun.StartAsync(Variables, Arguments(models)))
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "v1/chat/completions") { Content = new StringContent(Conversations.Long("A secret question?"), Encoding.UTF8, "application/json") };
            request.Headers.TryAddWithoutValidation("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01");
            using var response = await server.Http.SendAsync(request);
            Assert.That(response.StatusCode, Is.EqualTo(HttpStatusCode.OK));
        }

        string spans = collector.TextOf("/v1/traces"), metrics = collector.TextOf("/v1/metrics"), logs = collector.TextOf("/v1/logs");
        Assert.Multiple(() =>
        {
            Assert.That(spans, Does.Contain("POST /v1/chat/completions").And.Contain("invoke_agent").And.Contain("gen_ai.request.model").And.Contain("test-model").And.Contain("rlm-server"));
            Assert.That(spans, Does.Contain(Encoding.Latin1.GetString(Convert.FromHexString("0af7651916cd43dd8448eb211c80319c"))), "spans are of the client's trace");
            Assert.That(metrics, Does.Contain("http.server.request.duration").And.Contain("gen_ai.client.token.usage").And.Contain("rlm.server.runs.waiting"));
            Assert.That(logs, Does.Contain("RequestEnded").Or.Contain("{Method} {Path} {Status}"));
            Assert.That(spans + metrics + logs, Does.Not.Contain("secret question").And.Not.Contain("sk-upstream"));
        });
    }

    [Test]
    public async Task Serve_CollectorIsGone_AnswersAllTheSame()
    {
        using var nobody = new TcpListener(IPAddress.Loopback, 0);
        nobody.Start();
        int port = ((IPEndPoint)nobody.LocalEndpoint).Port;
        nobody.Stop();
        await using var models = new LoopbackModelServer(Program);
        Environment.SetEnvironmentVariable(Endpoint, Invariant($"http://127.0.0.1:{port}"));

        await using var server = await ServerRun.StartAsync(Variables, Arguments(models));

        Assert.That((await server.AskAsync(Conversations.Long())).Status, Is.EqualTo(200));
    }

    private static Dictionary<string, string> Variables => new() { ["OPENAI_API_KEY"] = "sk-upstream", [Endpoint] = Environment.GetEnvironmentVariable(Endpoint)! };

    private static string[] Arguments(LoopbackModelServer models) => ["--base-url", $"{models.OpenAiUrl}", "--model", "test-model", "--min-tokens", "1000"];

    /// <summary>Takes what is exported over HTTP.</summary>
    private sealed class Collector : IAsyncDisposable
    {
        private readonly HttpListener _listener = new();
        private readonly ConcurrentQueue<(string Path, string Text)> _got = new();
        private readonly Task _taking;

        public Collector()
        {
            using (var free = new TcpListener(IPAddress.Loopback, 0))
            {
                free.Start();
                Url = Invariant($"http://127.0.0.1:{((IPEndPoint)free.LocalEndpoint).Port}");
            }

            _listener.Prefixes.Add($"{Url}/");
            _listener.Start();
            _taking = TakeAsync();
        }

        public string Url { get; }

        /// <summary>All that came to a path; a byte is a character.</summary>
        public string TextOf(string path) => string.Concat(_got.Where(one => one.Path == path).Select(one => one.Text));

        public async ValueTask DisposeAsync()
        {
            _listener.Stop();
            await _taking;
            _listener.Close();
        }

        private async Task TakeAsync()
        {
            while (true)
            {
                HttpListenerContext context;
                try
                {
                    context = await _listener.GetContextAsync();
                }
                catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
                {
                    return;
                }

                using var body = new MemoryStream();
                await context.Request.InputStream.CopyToAsync(body);
                _got.Enqueue((context.Request.Url!.AbsolutePath, Encoding.Latin1.GetString(body.ToArray())));
                context.Response.Close();
            }
        }
    }
}
