using System.Text;
using Rlm.Cli.Queues;

namespace Rlm.Cli.Tests;

/// <summary>What the command line did in this process.</summary>
internal sealed record CliRun(int Code, string Output, string Error)
{
    /// <summary>No environment, nothing on standard input, model clients that wait a millisecond.</summary>
    public static Task<CliRun> RunAsync(params string[] args) => new CliSetup().RunAsync(args);

    /// <summary>The lines of stderr.</summary>
    public IReadOnlyList<string> ErrorLines => Error.TrimEnd('\n').Split('\n');
}

/// <summary>The surroundings of a run.</summary>
internal sealed record CliSetup
{
    /// <summary>What is on standard input; null for a terminal.</summary>
    public string? Input { get; init; }

    /// <summary>The same, of what is not a text.</summary>
    public byte[]? InputBytes { get; init; }

    /// <summary>The line that somebody types when asked.</summary>
    public string? Typed { get; init; }

    public bool IsTerminal { get; init; }

    public bool IsOutputTerminal { get; init; }

    public int Width { get; init; } = 80;

    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>Opens queues of calls; null for none.</summary>
    public IQueueServer? Queues { get; init; }

    public async Task<CliRun> RunAsync(string[] args, CancellationToken cancellationToken = default)
    {
        // A progress timer may write from another thread.
        using var output = new StringWriter { NewLine = "\n" };
        using var error = new StringWriter { NewLine = "\n" };
        var host = new CliHost
        {
            OpenInput = () => new MemoryStream(InputBytes ?? Encoding.UTF8.GetBytes(Input ?? "")),
            IsInputRedirected = Input is not null || InputBytes is not null,
            Output = output,
            Error = TextWriter.Synchronized(error),
            IsErrorTerminal = IsTerminal,
            IsOutputTerminal = IsOutputTerminal,
            Width = Width,
            Queues = Queues,
            ReadLine = prompt =>
            {
                error.Write(prompt);
                return Typed;
            },
            Variable = name => Environment.TryGetValue(name, out string? value) ? value : null,
            ModelOptions = new ModelClientOptions { FirstDelay = TimeSpan.FromMilliseconds(1), MaxDelay = TimeSpan.FromMilliseconds(2) },
        };
        int code = await RlmCli.RunAsync(args, host, cancellationToken);
        return new(code, output.ToString(), error.ToString());
    }
}
