using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Tests.Models;

internal sealed class ScriptedChatClientTests
{
    [Test]
    public async Task GetResponse_Replies_ComeInOrderAndThenFail()
    {
        using var client = new ScriptedChatClient("one", "two");

        Assert.That((await client.GetResponseAsync("a")).Text, Is.EqualTo("one"));
        Assert.That((await client.GetResponseAsync("b")).Text, Is.EqualTo("two"));
        await Assert.ThatAsync(
            () => client.GetResponseAsync("c"),
            Throws.TypeOf<UnscriptedCallException>().With.Message.EqualTo("Call 3 came, 2 were scripted. It says:\nc"));
        Assert.That(client.Calls.Select(call => call.LastText), Is.EqualTo(["a", "b", "c"]));
    }

    [Test]
    public async Task GetResponse_AtTheSameTime_CountsConcurrency()
    {
        var gate = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var client = new ScriptedChatClient(async (call, cancellationToken) =>
        {
            await gate.Task.WaitAsync(cancellationToken);
            return ScriptedChatClient.Response(call.LastText, call);
        })
        { Services = [new ChatClientTraits { IsThreadSafe = false }] };

        var calls = Enumerable.Range(0, 5).Select(i => client.GetResponseAsync($"{i}")).ToArray();
        gate.SetResult();

        Assert.That((await Task.WhenAll(calls)).Select(response => response.Text), Is.EquivalentTo(["0", "1", "2", "3", "4"]));
        Assert.That(client.MaxConcurrency, Is.EqualTo(5));
        Assert.That(client.GetService<ChatClientTraits>()?.IsThreadSafe, Is.False);
    }
}
