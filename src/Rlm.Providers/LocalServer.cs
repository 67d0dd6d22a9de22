namespace Rlm.Providers;

/// <summary>A model server that people run on their own machine, at its usual port.</summary>
internal sealed record LocalServer(string Name, int Port)
{
    /// <summary>All that are looked for, the likeliest first.</summary>
    public static IReadOnlyList<LocalServer> Known { get; } =
        [new("Ollama", 11434), new("LM Studio", 1234), new("llama.cpp", 8080), new("vLLM", 8000)];

    /// <summary>How the server takes a grammar that calls itself so in its list of models; null for any other.</summary>
    public static GrammarParameter? GrammarOf(string? owner) => owner switch
    {
        "llamacpp" => GrammarParameter.LlamaCpp,
        "vllm" => GrammarParameter.Vllm,
        _ => null,
    };

    public Uri BaseUrl => new($"http://127.0.0.1:{Port}/v1");
}
