using System.Text;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Cli.Queues;
using Rlm.Cli.Runs;

namespace Rlm.Cli;

/// <summary>What the command line sees of the process around it.</summary>
internal sealed record CliHost
{
    /// <summary>Half of a character is written as a replacement character, where .NET's own encoding of a stream throws.</summary>
    private static readonly Encoding Utf8 = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);

    /// <summary>Standard input; opened when it is read.</summary>
    public required Func<Stream> OpenInput { get; init; }

    /// <summary>Whether standard input is a file or a pipe.</summary>
    public bool IsInputRedirected { get; init; }

    public required TextWriter Output { get; init; }

    public required TextWriter Error { get; init; }

    /// <summary>Whether <see cref="Output"/> is a terminal, which a text's control characters must not steer.</summary>
    public bool IsOutputTerminal { get; init; }

    /// <summary>Whether <see cref="Error"/> is a terminal, so that lines may be rewritten and coloured.</summary>
    public bool IsErrorTerminal { get; init; }

    /// <summary>Characters in a line of the terminal.</summary>
    public int Width { get; init; } = 80;

    /// <summary>Reads one line that somebody types behind a prompt.</summary>
    public Func<string, string?> ReadLine { get; init; } = _ => null;

    /// <summary>Whether Ctrl-C is a key from now on, as while a line is edited; at any other time it is told at once.</summary>
    public Action<bool> TakeInterruptAsKey { get; init; } = _ => { };

    /// <summary>Reads a key that somebody presses, and shows nothing of it; null where there is no terminal.</summary>
    public Func<ConsoleKeyInfo>? ReadKey { get; init; }

    /// <summary>Sets who is told of Ctrl-C instead of the process, and says whether that is enough; null for nobody.</summary>
    public Action<Func<bool>?> CatchInterrupt { get; init; } = _ => { };

    /// <summary>Looks an environment variable up; null when it is not set.</summary>
    public Func<string, string?> Variable { get; init; } = _ => null;

    /// <summary>Bounds the process's heap by a run's options.</summary>
    public Action<RlmOptions> LimitHeap { get; init; } = _ => { };

    /// <summary>Serves requests; null where another program does, which <c>rlm serve</c> starts.</summary>
    public Func<ServerArguments, CliHost, CancellationToken, Task<int>>? Serve { get; init; }

    /// <summary>Opens queues of calls; null where another program does, which takes the whole command line over.</summary>
    public IQueueServer? Queues { get; init; }

    /// <summary>What opens queues of calls.</summary>
    /// <exception cref="IOException">The program that does is not there.</exception>
    public IQueueServer RequireQueues() => Queues ?? throw PartnerProgram.Worker.MakeAbsence();

    /// <summary>Has the program that opens queues do what the command line says.</summary>
    public Func<CancellationToken, Task<int>> HandOver { get; init; } = _ => throw new InvalidOperationException("There is no command line.");

    /// <summary>How model clients send; tests shorten the waits.</summary>
    public ModelClientOptions ModelOptions { get; init; } = new();

    /// <summary>Writes a text with one line end: byte for byte to a file or a pipe, without control characters to a terminal.</summary>
    /// <param name="text">The text.</param>
    public void WriteText(string text)
    {
        string line = text.TrimEnd('\n');
        Output.WriteLine(IsOutputTerminal ? PlainText.Safe(line) : line);
        Output.Flush();
    }

    /// <summary>The host of a real process.</summary>
    public static CliHost OfProcess(StandardStreams streams, Interruption interruption)
    {
        bool isTerminal = streams.HasError && !Console.IsErrorRedirected;
        var error = streams.HasError
            ? new StreamWriter(new UnheardStream(Console.OpenStandardError()), Utf8) { NewLine = "\n", AutoFlush = true }
            : TextWriter.Null;
        return new CliHost
        {
            OpenInput = streams.HasInput ? Console.OpenStandardInput : () => throw new IOException("standard input is closed"),
            IsInputRedirected = streams.HasInput && Console.IsInputRedirected,
            Output = new StreamWriter(Console.OpenStandardOutput(), Utf8, bufferSize: 64 * 1024) { NewLine = "\n" },
            Error = error,
            IsOutputTerminal = !Console.IsOutputRedirected,
            IsErrorTerminal = isTerminal,
            Width = isTerminal || !Console.IsOutputRedirected ? TerminalWidth() : 80,
            ReadLine = prompt =>
            {
                error.Write(prompt);
                return streams.HasInput ? Console.In.ReadLine() : null;
            },
            ReadKey = streams.HasInput ? () => Console.ReadKey(intercept: true) : null,
            TakeInterruptAsKey = taken => Console.TreatControlCAsInput = taken,
            CatchInterrupt = caught => interruption.Caught = caught,
            Variable = Environment.GetEnvironmentVariable,
            LimitHeap = HeapLimit.Set,
        };
    }

    private static int TerminalWidth()
    {
        try
        {
            return Math.Clamp(Console.WindowWidth, 20, 500);
        }
        catch (IOException)
        {
            return 80;
        }
    }
}
