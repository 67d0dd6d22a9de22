using Rlm.Providers;

namespace Rlm.Runtime.Tests.Models;

internal sealed class ModelEndpointTests
{
    [TestCase("http://127.0.0.1:8000/v1", "http://127.0.0.1:8000/v1")]
    [TestCase(" http://127.0.0.1:8000/v1/ ", "http://127.0.0.1:8000/v1")]
    [TestCase("localhost:11434/v1", "http://localhost:11434/v1")]
    [TestCase("https://host/v1/chat/completions", "https://host/v1")]
    [TestCase("https://host/openai?api-version=1#part", "https://host/openai?api-version=1")]
    [TestCase("ftp://host/v1", null)]
    [TestCase("http://", null)]
    [TestCase("", null)]
    public void TryParseUrl_AsPeopleWriteIt_IsNormalized(string text, string? expected) =>
        Assert.That(ModelEndpoint.TryParseUrl(text)?.AbsoluteUri.TrimEnd('/'), Is.EqualTo(expected));

    [Test]
    public void ToString_WithSecrets_ShowsNone()
    {
        var endpoint = new ModelEndpoint(ModelProvider.OpenAi, new("http://user:pass@host:81/v1?token=t"), "m", ModelClients.Key);

        Assert.That(endpoint.ToString(), Is.EqualTo("m at http://host:81/v1"));
    }

    [Test]
    public void Combine_QueryOnBothSides_KeepsBoth() =>
        Assert.That(
            ModelUrl.Combine(new("https://host/v1/?a=1"), "models?limit=2").AbsoluteUri, Is.EqualTo("https://host/v1/models?a=1&limit=2"));
}
