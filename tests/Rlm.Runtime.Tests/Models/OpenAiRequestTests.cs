using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Providers.Wire;

namespace Rlm.Runtime.Tests.Models;

internal sealed class OpenAiRequestTests
{
    [Test]
    public void Write_HalfOfASurrogatePair_IsReplacedInEveryRole()
    {
        byte[] body = OpenAiRequest.Write(
            "m", [(ChatRole.System, "cut \ud83d"), (ChatRole.User, "cut \ud83d")], null, OptionalParameters.All);

        using var json = JsonDocument.Parse(body);
        Assert.That(
            json.RootElement.GetProperty("messages").EnumerateArray().Select(message => message.GetProperty("content").GetString()),
            Is.All.EqualTo("cut \uFFFD"));
    }

    [Test]
    public void Write_AfterARequestThatCannotBeWritten_HoldsNothingOfIt()
    {
        (ChatRole, string)[] prompt = [(ChatRole.User, "Why?")];
        byte[] expected = OpenAiRequest.Write("m", prompt, null, OptionalParameters.All);
        Assert.That(
            () => OpenAiRequest.Write("m", prompt, new() { Temperature = float.NaN }, OptionalParameters.All),
            Throws.ArgumentException.With.Message.Contains("cannot be written as valid JSON"));

        Assert.That(OpenAiRequest.Write("m", prompt, null, OptionalParameters.All), Is.EqualTo(expected));
    }

    [Test]
    public void Write_Options_AreSent()
    {
        using var schema = JsonDocument.Parse("""{"type":"object"}""");
        var options = new ChatOptions
        {
            TopK = 5,
            Reasoning = new() { Effort = ReasoningEffort.ExtraHigh },
            ResponseFormat = ChatResponseFormat.ForJsonSchema(schema.RootElement, "cause", "Why it failed."),
            AdditionalProperties = new()
            {
                ["grammar"] = "root ::= x",
                ["n_probs"] = 3,
                ["cache_prompt"] = true,
                ["logit_bias"] = schema.RootElement,
                ["user"] = null,
            },
        };

        byte[] body = OpenAiRequest.Write("m", [(ChatRole.User, "Why?")], options, OptionalParameters.All);

        using var json = JsonDocument.Parse(body);
        Assert.That(
            string.Join(' ', json.RootElement.EnumerateObject().Where(field => field.Name is not ("model" or "messages"))),
            Is.EqualTo(
                """
                "top_k":5 "reasoning_effort":"xhigh" "response_format":{"type":"json_schema","json_schema":{"name":"cause","description":"Why it failed.","schema":{"type":"object"}}} "grammar":"root ::= x" "n_probs":3 "cache_prompt":true "logit_bias":{"type":"object"} "user":null
                """));
    }

    [Test]
    public void Write_JsonWithoutSchema_AsksForAnObject()
    {
        byte[] body = OpenAiRequest.Write(
            "m", [(ChatRole.User, "Why?")], new() { ResponseFormat = ChatResponseFormat.Json }, OptionalParameters.All);

        Assert.That(System.Text.Encoding.UTF8.GetString(body), Does.Contain("""response_format":{"type":"json_object"}"""));
    }

    [TestCase("model", "other")]
    [TestCase("stream", true)]
    [TestCase("when", 'c')]
    public void Write_PropertyThatCannotBeSent_IsRefusedByName(string field, object value) => Assert.That(
        () => OpenAiRequest.Write(
            "m", [(ChatRole.User, "Why?")], new() { AdditionalProperties = new() { [field] = value } }, OptionalParameters.All),
        Throws.TypeOf<NotSupportedException>().With.Message.Contains($"`{field}`"));
}
