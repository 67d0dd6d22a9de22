using Microsoft.Extensions.AI;

namespace Rlm.Providers;

/// <summary>Anthropic.</summary>
internal sealed class AnthropicProvider : ModelProvider
{
    private const string Version = "2023-06-01";

    public override string Name => "anthropic";

    public override string Title => "Anthropic";

    public override Uri Url => field ??= new("https://api.anthropic.com");

    public override string DefaultModel => "claude-sonnet-5-5";

    public override string KeyVariable => "ANTHROPIC_API_KEY";

    public override string UrlVariable => "ANTHROPIC_BASE_URL";

    public override IReadOnlyList<(string Name, string Meaning)> Variables =>
    [
        (KeyVariable, "the key of Anthropic"),
        (UrlVariable, "an endpoint that speaks Anthropic's messages"),
    ];

    internal override string CallPath => "v1/messages";

    internal override string ListPath => "v1/models?limit=1000";

    internal override IReadOnlyList<(string Remaining, string Reset)> Limits =>
    [
        ("anthropic-ratelimit-requests-remaining", "anthropic-ratelimit-requests-reset"),
        ("anthropic-ratelimit-tokens-remaining", "anthropic-ratelimit-tokens-reset"),
        ("anthropic-ratelimit-input-tokens-remaining", "anthropic-ratelimit-input-tokens-reset"),
        ("anthropic-ratelimit-output-tokens-remaining", "anthropic-ratelimit-output-tokens-reset"),
    ];

    internal override string Prices =>
        """
        # platform.claude.com/docs/en/about-claude/pricing, kurofune/claudit releases v1.8.2 and v1.9.2 of the same; written for five minutes
        claude-fable-5-1 10/50 cached 0.25 written 12.5
        claude-fable-5 10/50 cached 1 written 12.5
        claude-opus-5-5 4/20 cached 0.2 written 5
        claude-opus-5 5/25 cached 0.5 written 6.25
        claude-opus-4-8 5/25 cached 0.5 written 6.25
        claude-opus-4-7 5/25 cached 0.5 written 6.25
        claude-opus-4-6 5/25 cached 0.5 written 6.25
        claude-opus-4-5 5/25 cached 0.5 written 6.25
        claude-opus-4-1 15/75 cached 1.5 written 18.75
        claude-sonnet-5-5 2/10 cached 0.1 written 2.5
        claude-sonnet-5 2/10 cached 0.2 written 2.5
        claude-sonnet-4-6 3/15 cached 0.3 written 3.75
        claude-sonnet-4-5 3/15 cached 0.3 written 3.75
        claude-haiku-5-5 0.1/0.5 cached 0.01 written 0.125 over 100000 0.5/2.5 cached 0.05 written 0.625
        claude-haiku-4-5 1/5 cached 0.1 written 1.25
        """;

    internal override IReadOnlyList<(string Name, string Value)> Headers => [("anthropic-version", Version)];

    internal override (string Name, string Value) KeyHeaderFor(Uri url, string key) => ("x-api-key", key);

    internal override IChatClient CreateClient(HttpMessageInvoker http, ModelEndpoint endpoint, ModelClientOptions? options) =>
        new AnthropicChatClient(http, endpoint, options);

    internal override bool Names(string model) =>
        ModelOf(model) != model || model.StartsWith("claude-", StringComparison.OrdinalIgnoreCase);

    /// <summary>The version is in the paths of calls.</summary>
    internal override Uri AddressOf(Uri url)
    {
        string path = url.AbsolutePath.TrimEnd('/');
        return path.EndsWith("/v1", StringComparison.Ordinal) ? new UriBuilder(url) { Path = path[..^3] }.Uri : url;
    }
}
