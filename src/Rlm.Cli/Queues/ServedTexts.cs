using System.Text;
using System.Text.Json;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Contexts;
using Rlm.Runtime.Rendering;

namespace Rlm.Cli.Queues;

/// <summary>Texts of a worker, over which it runs the free beginnings of programs that runs elsewhere ask for.</summary>
/// <param name="arguments">The texts, by the names under which they are served.</param>
/// <param name="host">The process around it.</param>
/// <param name="tell">Takes lines for people.</param>
internal sealed class ServedTexts(ContextArguments arguments, CliHost host, Action<string> tell) : IDisposable
{
    // One scan takes all processors.
    private readonly SemaphoreSlim _turn = new(1, 1);

    private IEnumerable<string> Names => arguments.Contexts.Select(context => context.Name).Distinct();

    /// <summary>Tells what is served, so that a path that is wrong is known before anybody asks.</summary>
    /// <exception cref="TextException">A text cannot be read.</exception>
    public void Tell()
    {
        foreach (string name in Names)
        {
            var texts = Open(name, ContextArgument.DefaultName, tell).Sources;
            tell($"serves {name}: {Amount.Of(texts.Count, "text")}");
            foreach (var text in texts)
                text.Dispose();
        }
    }

    /// <summary>What a worker of a name does, by the paths of the calls.</summary>
    public IReadOnlyDictionary<string, Func<QueuedCall, CancellationToken, Task<QueuedReply>>> HandlersOf(string worker) => Names.ToDictionary(
        name => ScanRequest.PathOf(name, worker),
        name => (Func<QueuedCall, CancellationToken, Task<QueuedReply>>)((call, cancellationToken) => ScanAsync(name, call, cancellationToken)),
        StringComparer.Ordinal);

    public void Dispose() => _turn.Dispose();

    private RlmVariable Open(string name, string variable, Action<string> tellLeftOut) => ContextLoader.LoadDocuments(
        variable, arguments.Contexts.Where(context => context.Name == name), arguments, host, tellLeftOut);

    private async Task<QueuedReply> ScanAsync(string name, QueuedCall call, CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken).ConfigureAwait(false);
        try
        {
            var notes = new List<(string, string)>();
            byte[] part = await ScanAsync(name, call.Body, line => notes.Add((ScanRequest.Note, line)), cancellationToken).ConfigureAwait(false);
            return new(call.Run, call.Id) { StatusCode = 200, Headers = notes, Body = part };
        }
        catch (Exception exception) when (exception is JsonException or TextException or ArgumentException or IOException or UnauthorizedAccessException)
        {
            return new(call.Run, call.Id) { StatusCode = 422, Body = Encoding.UTF8.GetBytes(exception.Message) };
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>The part of the texts that a program asks for.</summary>
    private async Task<byte[]> ScanAsync(string name, ReadOnlyMemory<byte> body, Action<string> tellLeftOut, CancellationToken cancellationToken)
    {
        var request = JsonSerializer.Deserialize(body.Span, QueueJsonContext.Default.ScanRequest) ?? throw new JsonException("there is no request");
        if (request.Version != RlmCli.Version)
            throw new TextException($"it has version {RlmCli.Version}, and the run {request.Version}; take one version everywhere");

        // Nobody else may look into it.
        string folder = Directory.CreateTempSubdirectory("rlm-worker-").FullName, path = Path.Combine(folder, "part");
        var texts = Open(name, request.Context, tellLeftOut);
        try
        {
            var session = new RlmSession(
                new OfflineChatClient(), [texts, .. ContextLoader.LoadVariables(request.Variables.Select(variable => new VariableArgument(variable.Key, variable.Value)))]);
            var program = session.Compile(request.Program, request.ProgramName);
            if (program.HasErrors)
                throw new TextException($"the program has an error there: {program.Diagnostics.First(diagnostic => diagnostic.Severity == DiagnosticSeverity.Error).Message}");

            var (bytes, keptBytes) = await session.MapAsync(program, new RlmShard(1, 1), path, ScanRequest.MaxPartBytes, cancellationToken).ConfigureAwait(false);
            tell(Invariant($"{name}: {keptBytes:N0} of {bytes:N0} bytes go to a run"));
            return await File.ReadAllBytesAsync(path, cancellationToken).ConfigureAwait(false);
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
            foreach (var text in texts.Sources)
                text.Dispose();
        }
    }
}
