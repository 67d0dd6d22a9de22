using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Tests;

/// <summary>The client below Microsoft.Extensions.AI's own caller of functions.</summary>
internal sealed class FunctionInvocationTests
{
    private static string Log { get; } = string.Join('\n', Enumerable.Range(1, 600).Select(
        number => Invariant($"2026-03-01 host-{number % 5} {(number % 40 == 0 ? "ERROR" : "INFO")} entry {number}")));

    [Test]
    public async Task GetResponse_ResultOfATool_IsReadByTheLoop()
    {
        int calls = 0;
        var getLog = AIFunctionFactory.Create((string day) => { calls++; return Log; }, "get_log", "The log of a day.");
        using var inner = new ScriptedChatClient((call, _) => Task.FromResult(call.Index switch
        {
            0 => Calling(call, "get_log", "day", "2026-03-01"),
            1 => ScriptedChatClient.Response("READY", call),
            _ => ScriptedChatClient.Response(RlmChatClientTests.Fenced("answer context | grep /ERROR/ | count"), call),
        }));
        using var client = RlmChatClientTests.Build(inner).AsBuilder().UseFunctionInvocation().Build();

        var response = await client.GetResponseAsync("How many errors were there on 1 March?", new ChatOptions { Tools = [getLog] });

        Assert.That((response.Text, calls, inner.CallCount), Is.EqualTo(("15", 1, 3)));
        Assert.That(inner.Calls[1].AllText, Does.Not.Contain("host-3"), "the model that chooses tools sees notices");
        var given = inner.Calls[1].Messages.SelectMany(message => message.Contents).OfType<FunctionResultContent>().Single();
        Assert.That(given.Result, Is.EqualTo($"[result of {Log.Length:N0} bytes, held in `context`]"));
        Assert.That(inner.Calls[2].LastText, Does.Contain("assistant calls get_log(day: 2026-03-01)\nget_log gives [result of"));
        Assert.That(response.Usage!.InputTokenCount, Is.GreaterThan(0));
    }

    [Test]
    public async Task GetResponse_LongTextAndATool_CallsItFirst()
    {
        var today = AIFunctionFactory.Create(() => "host-3", "worst_host", "The host to look at.");
        using var inner = new ScriptedChatClient((call, _) => Task.FromResult(call.Index switch
        {
            0 => Calling(call, "worst_host"),
            1 => ScriptedChatClient.Response("Ready.", call),
            _ => ScriptedChatClient.Response(
                RlmChatClientTests.Fenced("answer \"{worst_host}: {message | grep /host-3/ | count}\""), call),
        }));
        using var client = RlmChatClientTests.Build(inner).AsBuilder().UseFunctionInvocation().Build();

        var updates = new List<ChatResponseUpdate>();
        await foreach (var update in client.GetStreamingResponseAsync($"How many lines has the worst host?\n\n{Log}", new ChatOptions { Tools = [today] }))
            updates.Add(update);

        Assert.That(updates.ToChatResponse().Messages[^1].Text, Is.EqualTo("host-3: 120"));
        Assert.That(inner.Calls[0].AllText, Does.Contain($"[text of {Log.Length:N0} bytes, held in `context`]"));
    }

    [Test]
    public async Task GetResponse_ToolModeNone_AsksForNoTool()
    {
        using var inner = new ScriptedChatClient(RlmChatClientTests.Fenced("answer context | lines | count"));

        var response = await RlmChatClientTests.Build(inner).GetResponseAsync(
            $"How many?\n\n{Log}", new ChatOptions { Tools = [AIFunctionFactory.Create(() => 1, "one")], ToolMode = ChatToolMode.None });

        Assert.That(response.Text, Is.EqualTo("600"));
    }

    private static ChatResponse Calling(ScriptedCall call, string name, string? argument = null, string? value = null)
    {
        var arguments = argument is null ? [] : new Dictionary<string, object?> { [argument] = value };
        return new ChatResponse(new ChatMessage(ChatRole.Assistant, [new FunctionCallContent($"call-{call.Index}", name, arguments)]))
        {
            FinishReason = ChatFinishReason.ToolCalls,
        };
    }
}
