using Microsoft.Extensions.AI;

namespace Rlm.Providers;

/// <summary>OpenAI. Its names say nothing of where a model is, since servers of every kind offer models by its protocol.</summary>
internal sealed class OpenAiProvider : ModelProvider
{
    public override string Name => "openai";

    public override string Title => "OpenAI";

    public override Uri Url => field ??= new("https://api.openai.com/v1");

    public override string DefaultModel => "gpt-6.1-terra";

    public override string KeyVariable => "OPENAI_API_KEY";

    public override string UrlVariable => "OPENAI_BASE_URL";

    public override IReadOnlyList<(string Name, string Meaning)> Variables =>
    [
        (KeyVariable, "the key of OpenAI, and of the endpoint that --base-url or OPENAI_BASE_URL names"),
        (UrlVariable, "an endpoint that speaks OpenAI's chat completions"),
        (AzureAddress.KeyVariable, "the key of Azure, before OPENAI_API_KEY"),
        (AzureAddress.UrlVariable, "a resource of Azure; --model names the deployment"),
        (AzureAddress.VersionVariable, $"the api-version of Azure's deployments [{AzureAddress.DefaultVersion}]"),
        (ModelEndpoint.KeyHeaderVariable, "the header that an endpoint wants its key in"),
    ];

    public override bool TakesChatCompletions => true;

    internal override string CallPath => "chat/completions";

    internal override string ListPath => "models";

    internal override IReadOnlyList<(string Remaining, string Reset)> Limits =>
    [
        ("x-ratelimit-remaining-requests", "x-ratelimit-reset-requests"),
        ("x-ratelimit-remaining-tokens", "x-ratelimit-reset-tokens"),
    ];

    internal override string Prices =>
        """
        # developers.openai.com/api/docs/models/gpt-6.2-sol and gpt-5-nano, docs.litellm.ai/blog/gpt-6-1-terra, the catalogue for the others. Above 272,000 tokens
        # all input costs twice as much and output half as much again, from gpt-5.4 on; writes to the cache a quarter more than input, from gpt-5.6 on.
        gpt-6-astra 10/50 cached 1 written 12.5 over 272000 20/75 cached 2 written 25
        gpt-6.2-sol 2/10 cached 0.1 written 2.5 over 272000 4/15 cached 0.2 written 5
        gpt-6.1-sol 2/10 cached 0.1 written 2.5 over 272000 4/15 cached 0.2 written 5
        gpt-6-sol 2/10 cached 0.2 written 2.5 over 272000 4/15 cached 0.4 written 5
        gpt-6.1-terra 1/5 cached 0.05 written 1.25 over 272000 2/7.5 cached 0.1 written 2.5
        gpt-6-luna 0.1/0.5 cached 0.01 written 0.125 over 272000 0.2/0.75 cached 0.02 written 0.25
        gpt-5.6-sol 4/20 cached 0.4 written 5 over 272000 8/30 cached 0.8 written 10
        gpt-5.6-terra 2/12 cached 0.2 written 2.5 over 272000 4/18 cached 0.4 written 5
        gpt-5.6-luna 0.2/1.2 cached 0.02 written 0.25 over 272000 0.4/1.8 cached 0.04 written 0.5
        gpt-5.5 5/30 cached 0.5 over 272000 10/45 cached 1
        gpt-5.4 2.5/15 cached 0.25 over 272000 5/22.5 cached 0.5
        gpt-5.4-mini 0.75/4.5 cached 0.075
        gpt-5.4-nano 0.2/1.25 cached 0.02
        gpt-5.2 1.75/14 cached 0.175
        gpt-5.1 1.25/10 cached 0.125
        # the next three until 11 December 2026
        gpt-5 1.25/10 cached 0.125
        gpt-5-mini 0.25/2 cached 0.025
        gpt-5-nano 0.05/0.4 cached 0.005
        # BerriAI/litellm model_prices_and_context_window.json, commit 00035b69; until 14 January 2027 at OpenAI, except nano, which ended in October
        gpt-4.1 2/8 cached 0.5
        gpt-4.1-mini 0.4/1.6 cached 0.1
        gpt-4.1-nano 0.1/0.4 cached 0.025
        gpt-4o 2.5/10 cached 1.25
        gpt-4o-2024-05-13 5/15
        gpt-4o-mini 0.15/0.6 cached 0.075
        """;

    internal override (string Name, string Value) KeyHeaderFor(Uri url, string key) =>
        AzureAddress.Is(url) ? ("api-key", key) : ("Authorization", $"Bearer {key}");

    internal override IChatClient CreateClient(HttpMessageInvoker http, ModelEndpoint endpoint, ModelClientOptions? options) =>
        new OpenAiChatClient(http, endpoint, options);
}
