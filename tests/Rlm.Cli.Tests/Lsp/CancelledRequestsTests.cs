using System.Text;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Lsp;

namespace Rlm.Cli.Tests.Lsp;

internal sealed class CancelledRequestsTests
{
    private const string Cancel = "$/cancelRequest";

    [TestCase("1", "1", true)]
    [TestCase("\"a\"", "\"a\"", true)]
    [TestCase("1", "2", false)]
    [TestCase("1", "\"1\"", false)]
    public void Take_RequestThatWaits_IsWhetherItWasGivenUp(string asked, string cancelled, bool expected)
    {
        var requests = new CancelledRequests();
        var request = Read($$"""{"id":{{asked}},"method":"textDocument/hover"}""");
        requests.Note(request, Cancel);
        requests.Note(Read($$$"""{"method":"{{{Cancel}}}","params":{"id":{{{cancelled}}}}}"""), Cancel);

        Assert.That(requests.Take(request), Is.EqualTo(expected));
        Assert.That(requests.Take(request), Is.False);
    }

    [Test]
    public void Take_RequestThatWasCancelledBeforeItCame_IsAnswered()
    {
        var requests = new CancelledRequests();
        var request = Read("{\"id\":1,\"method\":\"textDocument/hover\"}");
        requests.Note(Read($$$"""{"method":"{{{Cancel}}}","params":{"id":1}}"""), Cancel);
        requests.Note(request, Cancel);

        Assert.That(requests.Take(request), Is.False);
    }

    private static RpcMessage Read(string json) => RpcMessage.Read(Encoding.UTF8.GetBytes(json));
}
