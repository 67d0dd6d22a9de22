using System.Security.Cryptography;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;

namespace Rlm.Cli.Mcp.Sessions;

/// <summary>The sessions that are kept: the ones that were used last.</summary>
/// <param name="start">The contexts and variables of the command line.</param>
/// <param name="paths">What may be read.</param>
/// <param name="models">Makes the options.</param>
/// <param name="host">The process.</param>
/// <param name="status">Where notes on contexts go.</param>
internal sealed class KeptSessions(ContextArguments start, AllowedPaths paths, McpModels models, CliHost host, StatusWriter status)
{
    public const string SessionArgument = "session", ContextsArgument = "contexts";

    public const string ContextsExample = "[\"server.log\"] or [\"orders=orders.csv\"]";

    private const int MaxSessions = 16, MaxContexts = 100, MaxDropped = 1_000;

    private readonly Lock _lock = new();
    private readonly List<KeptSession> _sessions = [];
    private readonly List<(string Id, string Why)> _dropped = [];

    /// <summary>Whether a call without contexts has some all the same.</summary>
    public bool HasContexts => start.Contexts.Count > 0;

    public string Folders => paths.Description;

    /// <summary>The session that a call names, or a new one over the contexts that it names.</summary>
    /// <exception cref="ToolException">There is no such session, or the contexts may not be read.</exception>
    public async Task<KeptSession> OpenAsync(McpArguments arguments, CancellationToken cancellationToken)
    {
        var named = arguments.FindList(ContextsArgument, ContextsExample);
        if (arguments.Find(SessionArgument) is { } id)
        {
            var session = Find(id);
            return named is null || ReadContexts(named).Select(Write).SequenceEqual(session.Contexts) ? session
                : throw new ToolException(
                    $"session `{id}` is over {Tell(session.Contexts)}: leave `{ContextsArgument}` out to go on with it, or leave `{SessionArgument}` out to start one over others");
        }

        if (named is null)
            return Keep(await MakeAsync(start, cancellationToken).ConfigureAwait(false));

        var contexts = ReadContexts(named);
        try
        {
            return Keep(await MakeAsync(start with { Contexts = contexts }, cancellationToken).ConfigureAwait(false));
        }
        catch (TextException exception)
        {
            throw new ToolException(NameAsWritten(exception.Message, named, contexts));
        }
    }

    /// <summary>A message with the paths as the host wrote them, and not as they are opened.</summary>
    private static string NameAsWritten(string message, IReadOnlyList<string> named, IReadOnlyList<ContextArgument> opened)
    {
        foreach (var (text, context) in named.Zip(opened).OrderByDescending(pair => pair.Second.Path.Length))
            message = message.Replace($"`{context.Path}`", $"`{ContextArgument.Read(text).Path}`", StringComparison.Ordinal);
        return message;
    }

    /// <summary>The cards of the command line's contexts.</summary>
    public async Task<string> DescribeAsync(CancellationToken cancellationToken)
    {
        var session = await MakeAsync(start, cancellationToken).ConfigureAwait(false);
        return await Task.Run(session.Programs.Describe, cancellationToken).ConfigureAwait(false);
    }

    /// <exception cref="ToolException">There is no such session.</exception>
    public KeptSession Find(string id)
    {
        lock (_lock)
        {
            int at = _sessions.FindIndex(session => session.Id == id);
            if (at < 0)
            {
                string kept = _sessions.Count == 0 ? "" : $"; there are {string.Join(", ", _sessions.Select(session => session.Id))}";
                string what = _dropped.FindLast(dropped => dropped.Id == id) is (_, { } why) ? $"session `{id}` was dropped: {why}" : $"there is no session `{PlainText.Cut(id, 60)}`: it is of an earlier start of the server, or there never was";
                throw new ToolException($"{what}{kept}. Leave `{SessionArgument}` out to start one, and run what you need again");
            }

            var found = _sessions[at];
            _sessions.RemoveAt(at);
            _sessions.Add(found);
            return found;
        }
    }

    /// <summary>Forgets all sessions but one, whose values take the memory.</summary>
    public void DropOthers(KeptSession session)
    {
        lock (_lock)
        {
            foreach (var other in _sessions.FindAll(other => other != session))
                Drop(other, "a program of another one needed the memory that its values took");
        }
    }

    private async Task<KeptSession> MakeAsync(ContextArguments contexts, CancellationToken cancellationToken)
    {
        List<string> notes = [];
        var variables = await ContextLoader.LoadAsync(contexts, host, notes.Add, new TimeLimit(models.Timeout), cancellationToken).ConfigureAwait(false);
        return new KeptSession(
            Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(4)), new RlmSession(models.Sub, variables, models.Options), [.. contexts.Contexts.Select(Write)], notes);
    }

    private KeptSession Keep(KeptSession session)
    {
        lock (_lock)
        {
            if (_sessions.Count == MaxSessions)
                Drop(_sessions[0], $"the {MaxSessions} that were used last are kept");

            _sessions.Add(session);
            return session;
        }
    }

    private void Drop(KeptSession session, string why)
    {
        status.Tell($"session {session.Id} is dropped: {why}");
        _sessions.Remove(session);
        _dropped.Add((session.Id, why));
        if (_dropped.Count > MaxDropped)
            _dropped.RemoveAt(0);
    }

    private List<ContextArgument> ReadContexts(IReadOnlyList<string> named)
    {
        if (named.Count is 0 or > MaxContexts)
            throw new ToolException($"`{ContextsArgument}` names 1 to {MaxContexts} contexts; a folder or a glob such as \"logs/*.log\" is one, a list of documents");

        var contexts = named.Select(ContextArgument.Read).ToList();
        // Paths without a name are one list of documents; a name that is written twice is a slip.
        var written = named.Zip(contexts).Where(pair => pair.First.Length > pair.Second.Path.Length).Select(pair => pair.Second).ToList();
        if (written.GroupBy(context => context.Name).FirstOrDefault(group => group.Count() > 1) is { } doubled)
            throw new ToolException($"`{doubled.Key}` names {doubled.Count()} contexts, {string.Join(" and ", doubled.Select(context => context.Path))}: give each a name of its own, or name a folder or a glob, which is a list of documents");
        if (contexts.Select(context => context.Name).FirstOrDefault(name => !RlmVariable.IsName(name)) is { } word)
            throw new ToolException($"`{word}` is not a name for a context: it is a word of the language");
        return contexts.FirstOrDefault(context => start.Variables.Any(variable => variable.Name == context.Name)) is { } twice
            ? throw new ToolException($"`{twice.Name}` is a variable of the server already: give the context another name, as in \"other={twice.Path}\"")
            : contexts.ConvertAll(context => context with { Path = paths.Resolve(context.Path) });
    }

    private static string Write(ContextArgument context) => $"{context.Name}={context.Path}";

    private static string Tell(IReadOnlyList<string> contexts) => contexts.Count == 0 ? "no contexts" : string.Join(", ", contexts);
}
