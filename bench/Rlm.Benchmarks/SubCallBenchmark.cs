using BenchmarkDotNet.Attributes;
using Rlm.Testing;

namespace Rlm.Benchmarks;

/// <summary>How near to ideal is the makespan of 1,000 sub-calls of 20 ms at parallel 64? Ideal is 16 rounds of 20 ms: 320 ms.</summary>
[MemoryDiagnoser]
[SimpleJob(warmupCount: 20, iterationCount: 10, invocationCount: 1)]
public class SubCallBenchmark
{
    private const int Calls = 1_000;
    private const int Parallel = 64;

    private readonly TextSource _lines = TextSource.FromString(string.Join('\n', Enumerable.Range(0, Calls).Select(i => $"line {i}")));
    private LoopbackModelServer _server = null!;
    private readonly HttpClient _plain = new();
    private HttpMessageInvoker _http = null!;

    [GlobalSetup]
    public void Setup()
    {
        _server = new LoopbackModelServer(_ => LoopbackReply.Text("ok").After(TimeSpan.FromMilliseconds(20)));
        _http = ModelHttp.CreateClient();
    }

    [GlobalCleanup]
    public async Task Cleanup()
    {
        _plain.Dispose();
        _http.Dispose();
        await _server.DisposeAsync();
    }

    /// <summary>The same posts by a plain loop, which shows what HTTP itself and the server's timer cost.</summary>
    [Benchmark(Baseline = true)]
    public async Task PlainPosts() => await System.Threading.Tasks.Parallel.ForEachAsync(
        Enumerable.Range(0, Calls),
        new ParallelOptions { MaxDegreeOfParallelism = Parallel },
        async (i, token) =>
        {
            using var body = new StringContent(
                $$"""{"model":"any","messages":[{"role":"user","content":"line {{i}}"}]}""", System.Text.Encoding.UTF8, "application/json");
            using var response = await _plain.PostAsync(
                new Uri($"{_server.OpenAiUrl.ToString().TrimEnd('/')}/chat/completions"), body, token);
            await response.Content.ReadAsByteArrayAsync(token);
        });

    [Benchmark]
    public async Task<int> MapLlm()
    {
        var client = new ModelEndpoint(ModelProvider.OpenAi, _server.OpenAiUrl, "any").CreateClient(_http);
        var session = new RlmSession(
            client, [RlmVariable.Text("context", _lines)], new RlmOptions { MaxCalls = Calls, Parallel = Parallel });
        int calls = 0;
        await foreach (var happened in session.RunStreamingAsync("answer context | lines | map llm \"Say ok.\" | join \"\""))
            calls = (happened as RunFinished)?.Result.Usage.Calls ?? calls;
        return calls == Calls ? calls : throw new InvalidOperationException($"{calls} calls were made.");
    }
}
