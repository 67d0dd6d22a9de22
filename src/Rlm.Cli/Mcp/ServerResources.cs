using Rlm.Cli.Help;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Mcp.Sessions;
using Rlm.Cli.Output;

namespace Rlm.Cli.Mcp;

/// <summary>What a host may read: the language, each word of it, the contexts of the command line as cards, and values that were too long to be shown.</summary>
internal sealed class ServerResources(KeptSessions sessions, KeptResults results)
{
    private const string Language = "rlm://language", Operators = "rlm://operators", Contexts = "rlm://contexts", Topic = "rlm://help/";
    private const string Markdown = "text/markdown", Plain = "text/plain";

    /// <summary>What the protocol says where there is no such resource, before and since its newest revision.</summary>
    private const int NotFound = -32002;

    public McpResources List() => new(
    [
        new(Language, "language", "The language, with examples for each kind of question", Markdown, null),
        new(Operators, "operators", "Every operator with its options and examples", Plain, null),
        .. sessions.HasContexts ? [new McpResource(Contexts, "contexts", "The contexts of the server: type, size and some lines of each", Plain, null)] : (McpResource[])[],
        .. results.Resources,
    ]);

    public static McpTemplates ListTemplates() => new([new(Topic + "{topic}", "help", "An operator, a function, a word or a diagnostic", Plain)]);

    /// <exception cref="RpcException">There is no such resource.</exception>
    public async Task<McpContents> ReadAsync(McpRequest request, CancellationToken cancellationToken)
    {
        var asked = RpcMessage.FindProperty(request.Params, "uri");
        string uri = asked.ValueKind == System.Text.Json.JsonValueKind.String ? asked.GetString()! : throw new RpcException(RpcException.InvalidParams, "the request has no `uri`");
        string text = await FindAsync(uri, cancellationToken).ConfigureAwait(false)
            ?? throw new RpcException(
                request.IsStateless ? RpcException.InvalidParams : NotFound,
                $"there is no resource `{PlainText.Cut(uri, 200)}`; of long values the newest are kept: run the program again for an older one");
        return new([new McpText(uri, uri == Language ? Markdown : Plain, text)]);
    }

    private async Task<string?> FindAsync(string uri, CancellationToken cancellationToken) => uri switch
    {
        Language => RlmGuide.Text,
        Operators => TopicPage.WriteOperators(),
        Contexts when sessions.HasContexts => await sessions.DescribeAsync(cancellationToken).ConfigureAwait(false),
        _ when uri.StartsWith(Topic, StringComparison.Ordinal) => TopicPage.Find(Uri.UnescapeDataString(uri[Topic.Length..])),
        _ => results.Find(uri),
    };
}
