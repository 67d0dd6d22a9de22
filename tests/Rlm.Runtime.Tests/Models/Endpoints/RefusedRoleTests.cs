using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Models.Endpoints;

/// <summary>Endpoints that take no instructions in the role <c>system</c>: asked once more, and right from the start from then on.</summary>
internal sealed class RefusedRoleTests
{
    private static readonly ChatMessage[] Prompt =
        [new(ChatRole.System, "Be brief."), new(ChatRole.User, "Où?"), new(ChatRole.Assistant, "Ici."), new(ChatRole.User, "Why?")];

    [TestCase(400, """{"error":{"message":"Unsupported value: 'messages[0].role' does not support 'system' with this model. Use 'developer'.","type":"invalid_request_error"}}""",
        "developer:Be brief.|user:Où?|assistant:Ici.|user:Why?", TestName = "a model that wants developer")]
    [TestCase(400, """{"object":"error","message":"System role not supported","type":"BadRequestError","code":400}""",
        "user:Be brief.\n\nOù?|assistant:Ici.|user:Why?", TestName = "a template of Gemma at vLLM")]
    [TestCase(500, """{"error":{"code":500,"message":"System role not supported","type":"server_error"}}""",
        "user:Be brief.\n\nOù?|assistant:Ici.|user:Why?", TestName = "a template at llama.cpp")]
    [TestCase(400, """{"error":{"message":"Conversation roles must alternate user/assistant/user/assistant/...","type":"BadRequestError"}}""",
        "user:Be brief.\n\nOù?|assistant:Ici.|user:Why?", TestName = "a template of Mistral")]
    public async Task GetResponse_SystemRefused_IsAskedOnceMoreAndRemembered(int status, string refusal, string expected)
    {
        await using var server = new LoopbackModelServer(
            request => RolesOf(request).Contains("system:", StringComparison.Ordinal) ? LoopbackReply.Error(status, refusal) : "yes");
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        Assert.That((await client.GetResponseAsync(Prompt)).Text, Is.EqualTo("yes"));
        Assert.That((await client.GetResponseAsync(Prompt)).Text, Is.EqualTo("yes"));

        Assert.That(server.Received.Skip(1).Select(RolesOf), Is.EqualTo(new[] { expected, expected }));
    }

    [Test]
    public async Task GetResponse_DeveloperRefusedToo_GoesToTheUser()
    {
        await using var server = new LoopbackModelServer(request => RolesOf(request)[0] switch
        {
            's' => LoopbackReply.Error(400, """{"error":{"message":"role 'system' is not supported, use developer"}}"""),
            'd' => LoopbackReply.Error(422, """{"error":{"message":"messages.0.role: developer is not one of user, assistant"}}"""),
            _ => "yes",
        });
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        Assert.That((await client.GetResponseAsync(Prompt)).Text, Is.EqualTo("yes"));

        Assert.That(server.Received.Select(request => RolesOf(request)[0]), Is.EqualTo("sdu"));
    }

    [TestCase("""{"error":{"message":"The system is overloaded"}}""")]
    [TestCase("""{"error":{"message":"messages[1].role: unknown field"}}""")]
    public async Task GetResponse_AnotherRefusal_IsNotAboutRoles(string refusal)
    {
        await using var server = new LoopbackModelServer(LoopbackReply.Error(400, refusal));
        using var client = ModelClients.Connect(server, ModelProvider.OpenAi);

        var failure = await ModelClients.FailAsync(client);

        Assert.That((failure.Failure, server.Requests), Is.EqualTo((ModelFailure.BadRequest, 1)));
    }

    private static string RolesOf(LoopbackRequest request) => string.Join(
        '|',
        request.Json.GetProperty("messages").EnumerateArray().Select(message => $"{message.GetProperty("role")}:{message.GetProperty("content")}"));
}
