using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Models.Wire;

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
}
