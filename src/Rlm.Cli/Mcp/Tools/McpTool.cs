using System.Text.Json;
using Rlm.Cli.JsonRpc;
using Rlm.Cli.Mcp.Sessions;

namespace Rlm.Cli.Mcp.Tools;

/// <summary>What a host's model may call.</summary>
/// <param name="name">What it is called by.</param>
/// <param name="title">What people see.</param>
/// <param name="description">What the model is told.</param>
/// <param name="parameters">Its arguments.</param>
internal abstract class McpTool(string name, string title, string description, IReadOnlyList<McpParameter> parameters)
{
    /// <summary>Arguments that say which data a program is over.</summary>
    private protected static readonly McpParameter
        Contexts = new(KeptSessions.ContextsArgument, McpParameter.Texts, "Files to read: PATH is the variable `context`, NAME=PATH another one. A folder or a glob is a list of documents {name, text, size}, a mailbox one of mails {name, from, to, date, subject, text, size}. PDF and Office files are their text."),
        Session = new(KeptSessions.SessionArgument, McpParameter.Text, "Goes on in a session, with its contexts and variables: the id that an earlier result names. Without it a session begins.");

    private protected static readonly McpParameter Program =
        new("program", McpParameter.Text, "The program, statements in lines, such as: context | grep /ERROR/ | count") { IsRequired = true };

    public string Name => name;

    private protected IReadOnlyList<string> ArgumentNames { get; } = [.. parameters.Select(static parameter => parameter.Name)];

    /// <summary>Whether it spends nothing that nobody has allowed.</summary>
    private protected virtual bool IsReadOnly => true;

    /// <summary>What a host is told of it.</summary>
    public McpToolCard Card => new(Name, title, description, RpcWriter.ParseJson(McpParameter.WriteSchema(parameters)), new McpToolHints(IsReadOnly, !IsReadOnly));

    /// <summary>Does it.</summary>
    /// <exception cref="ToolException">It cannot be done as it is written.</exception>
    public abstract Task<McpResult> CallAsync(McpCall call, CancellationToken cancellationToken);

    private protected McpArguments Read(McpCall call) => new(Name, ArgumentNames, call.Arguments);
}

/// <summary>A call of a tool.</summary>
/// <param name="Request">The request that it came in.</param>
/// <param name="Arguments">Its arguments; undefined for none.</param>
/// <param name="Progress">Tells how far it is.</param>
/// <param name="Host">Takes questions.</param>
internal sealed record McpCall(McpRequest Request, JsonElement Arguments, ProgressTeller Progress, HostRequests Host);
