using System.Net;
using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Models.Endpoints;

/// <summary>Model servers say how much a prompt may have, each by its own addresses and in its own words.</summary>
internal sealed class ServerWindowTests
{
    private const string LlamaCpp =
        """{"models":[{"name":"q.gguf"}],"object":"list","data":[{"id":"q.gguf","object":"model","owned_by":"llamacpp","meta":{"n_vocab":151936,"n_ctx_train":131072}}]}""";

    private const string Props = """{"default_generation_settings":{"id":0,"n_ctx":8192,"params":{"n_predict":-1}},"total_slots":4,"model_path":"q.gguf"}""";

    private const string Ollama = """{"object":"list","data":[{"id":"qwen3:latest","object":"model","created":1,"owned_by":"library"}]}""";

    private const string Show = """
        {"modelfile":"FROM x","parameters":"stop \"<|im_end|>\"\nnum_ctx                        PARAMETER\ntemperature 0.6","details":{"family":"qwen3"},
         "model_info":{"general.architecture":"qwen3","qwen3.context_length":40960,"qwen3.embedding_length":4096},"capabilities":["completion"]}
        """;

    private const string LmStudio = """{"data":[{"id":"other","object":"model","owned_by":"organization_owner"},{"id":"phi","object":"model","owned_by":"organization_owner"}]}""";

    [TestCase(Props, 8_192, TestName = "llama.cpp says the window of a slot")]
    [TestCase("""{"default_generation_settings":{}}""", 131_072, TestName = "llama.cpp with another page says what it was trained with")]
    public async Task Choose_LlamaCpp_HasItsWindowAndGrammar(string page, int window)
    {
        await using var server = new LoopbackModelServer("") { ModelsReply = LoopbackReply.Raw(LlamaCpp), Pages = new Dictionary<string, string> { ["/props"] = page } };

        // By any name, since it serves one model.
        var selection = await ChooseAsync(server, "whatever");

        Assert.That((selection.WindowTokens, selection.Grammar, selection.Endpoint!.Model), Is.EqualTo((window, GrammarParameter.LlamaCpp, "whatever")));
        Assert.That(server.Questions.Select(request => request.Path), Is.EqualTo(new[] { "/v1/models", "/props" }));
    }

    [Test]
    public async Task Choose_Vllm_HasItsWindowAndGrammar()
    {
        await using var server = new LoopbackModelServer("")
        {
            ModelsReply = LoopbackReply.Raw("""{"object":"list","data":[{"id":"a","owned_by":"vllm","max_model_len":4096},{"id":"b","owned_by":"vllm","max_model_len":32768}]}"""),
        };

        var selection = await ChooseAsync(server, "b");

        Assert.That((selection.WindowTokens, selection.Grammar, server.Questions.Count), Is.EqualTo((32_768, GrammarParameter.Vllm, 1)));
    }

    [TestCase("""{"data":[{"id":"other","loaded_context_length":1},{"id":"phi","state":"loaded","max_context_length":131072,"loaded_context_length":6000}]}""", 6_000)]
    [TestCase("""{"data":[{"id":"phi","state":"not-loaded","max_context_length":131072}]}""", 131_072)]
    [TestCase("""{"error":"Unexpected endpoint or method"}""", null)]
    public async Task Choose_LmStudio_HasWhatIsLoaded(string page, int? window)
    {
        await using var server = new LoopbackModelServer("")
        {
            ModelsReply = LoopbackReply.Raw(LmStudio),
            Pages = new Dictionary<string, string> { ["/api/v0/models"] = page },
        };

        var selection = await ChooseAsync(server, "phi");

        Assert.That((selection.WindowTokens, selection.Endpoint!.Provider.Name), Is.EqualTo((window, "openai")));
        Assert.That(server.Questions.Select(request => request.Path), Is.EqualTo(new[] { "/v1/models", "/api/v0/models" }));
    }

    [TestCase("12288", """{"models":[{"name":"qwen3:latest","model":"qwen3:latest","context_length":32768}]}""", 32_768, TestName = "Ollama: what is loaded stays so")]
    [TestCase("12288", """{"models":[{"name":"llama3:latest","context_length":32768}]}""", 12_288, TestName = "Ollama: what the model's file says")]
    [TestCase("none", """{"models":[]}""", 16_384, TestName = "Ollama: what is asked for otherwise")]
    [TestCase("99999", """{"models":[]}""", 40_960, TestName = "Ollama: never more than the model has")]
    public async Task Choose_Ollama_IsAskedByItsOwnProtocol(string parameter, string running, int window)
    {
        await using var server = new LoopbackModelServer("")
        {
            ModelsReply = LoopbackReply.Raw(Ollama),
            Pages = new Dictionary<string, string> { ["/api/show"] = Show.Replace("PARAMETER", parameter, StringComparison.Ordinal), ["/api/ps"] = running },
        };

        var selection = await ChooseAsync(server, "qwen3");

        Assert.That(
            (selection.WindowTokens, selection.Endpoint!.Provider.Name, selection.Endpoint.BaseUrl.AbsolutePath, selection.Endpoint.Model),
            Is.EqualTo((window, "ollama", "/", "qwen3")));
        Assert.That(selection.Reason, Is.EqualTo($"Using qwen3 at {server.OpenAiUrl.AbsoluteUri}, because model and baseUrl say so."));
        Assert.That(server.Questions.Single(request => request.Method == "POST").Body, Is.EqualTo("""{"model":"qwen3"}"""));
    }

    [Test]
    public async Task Choose_ALibraryThatIsNotOllama_StaysWhereItIs()
    {
        await using var server = new LoopbackModelServer("an answer") { ModelsReply = LoopbackReply.Raw(Ollama) };

        var selection = await ChooseAsync(server, "qwen3");

        Assert.That((selection.WindowTokens, selection.Endpoint!.Provider.Name), Is.EqualTo(((int?)null, "openai")));
    }

    [TestCase("""{"data":[{"id":"m","owned_by":"somebody"}]}""")]
    [TestCase("no JSON")]
    public async Task Choose_AnyOtherServer_IsAskedForItsListAlone(string list)
    {
        await using var server = new LoopbackModelServer("") { ModelsReply = LoopbackReply.Raw(list) };

        var selection = await ChooseAsync(server, "m");

        Assert.That((selection.WindowTokens, selection.Grammar, selection.Endpoint!.Model, server.Questions.Count), Is.EqualTo(((int?)null, (GrammarParameter?)null, "m", 1)));
    }

    [TestCase("https://openrouter.ai/api/v1", false)]
    [TestCase("http://8.8.8.8:8000/v1", false)]
    [TestCase("http://192.168.1.20:8000/v1", true)]
    [TestCase("http://172.20.0.2:8000/v1", true)]
    [TestCase("http://gpu:8000/v1", true)]
    [TestCase("http://gpu.local:8000/v1", true)]
    public async Task Choose_ANamedModel_AsksServersOfTheOwnNetworkAlone(string address, bool isAsked)
    {
        using var handler = new CountingHandler();
        using var http = new HttpMessageInvoker(handler);

        var selection = await new ModelChooser(http, _ => null).ChooseAsync("m", address);

        Assert.That((selection.Endpoint!.Model, handler.Requests), Is.EqualTo(("m", isAsked ? 1 : 0)));
    }

    [Test]
    public async Task GetResponse_Ollama_SendsTheWindow()
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Raw(
            """{"model":"qwen3","created_at":"2026-11-29T12:00:00Z","message":{"role":"assistant","content":"yes","thinking":"hm"},"done":true,"done_reason":"length","total_duration":1,"prompt_eval_count":26,"eval_count":5}"""));
        using var client = Client(server, new() { WindowTokens = 20_000 });

        var response = await client.GetResponseAsync(
            [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Où?")],
            new() { Temperature = 0.7f, MaxOutputTokens = 50, Seed = 7, StopSequences = ["END"], ResponseFormat = ChatResponseFormat.Json });

        var request = server.Received.Single();
        Assert.That(request.Path, Is.EqualTo("/api/chat"));
        Assert.That(request.Body, Is.EqualTo(
            """{"model":"qwen3","messages":[{"role":"system","content":"Be brief."},{"role":"user","content":"Où?"}],"stream":false,"format":"json","options":{"num_ctx":20000,"temperature":0.7,"seed":7,"num_predict":50,"stop":["END"]}}"""));
        Assert.That((response.Text, response.ModelId, response.FinishReason), Is.EqualTo(("yes", "qwen3", (ChatFinishReason?)ChatFinishReason.Length)));
        Assert.That((response.Usage!.InputTokenCount, response.Usage.OutputTokenCount), Is.EqualTo(((long?)26, (long?)5)));
    }

    [TestCase(404, """{"error":"model 'qwen3' not found"}""", ModelFailure.NotFound)]
    [TestCase(200, """{"model":"qwen3","message":{"role":"assistant"},"done":true,"done_reason":"stop"}""", ModelFailure.EmptyReply)]
    [TestCase(200, """{"model":"qwen3","message":{"role":"assistant","content":""},"done":true,"done_reason":"length"}""", ModelFailure.OutputLimit)]
    public async Task GetResponse_OllamaWithoutAReply_SaysWhatHappened(int status, string body, ModelFailure failure)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(status, body));
        using var client = Client(server, new());

        Assert.That((await ModelClients.FailAsync(client)).Failure, Is.EqualTo(failure));
    }

    private static IChatClient Client(LoopbackModelServer server, ChatClientTraits traits) =>
        new ModelEndpoint(Rlm.Providers.Servers.OllamaProvider.Instance, server.AnthropicUrl, "qwen3")
            .CreateClient(ModelClients.Http, ModelClients.Fast with { Traits = traits });

    private static Task<ModelSelection> ChooseAsync(LoopbackModelServer server, string model) =>
        new ModelChooser(ModelClients.Http, _ => null).ChooseAsync(model, server.OpenAiUrl.AbsoluteUri);

    private sealed class CountingHandler : HttpMessageHandler
    {
        public int Requests { get; private set; }

        protected override Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
        {
            Requests++;
            return Task.FromResult(new HttpResponseMessage(HttpStatusCode.NotFound));
        }
    }
}
