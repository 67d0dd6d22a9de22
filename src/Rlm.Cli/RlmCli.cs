using Rlm.Cli.CommandLine;
using Rlm.Cli.Commands;
using Rlm.Cli.Configuration;
using Rlm.Cli.Contexts;
using Rlm.Cli.Output;
using Rlm.Cli.Runs;

namespace Rlm.Cli;

/// <summary>
/// The whole command line over a host: reads the arguments, runs what they say, and turns every failure into one line and an exit code.
/// </summary>
internal static partial class RlmCli
{
    /// <summary>The build writes the version.</summary>
    public const string VersionLine = $"rlm {Version}";

    public static async Task<int> RunAsync(string[] args, CliHost host, CancellationToken cancellationToken = default)
    {
        int code;
        Invocation? invocation = null;
        RlmDocuments.Register();
        TextSource.RegisterReader(DocsReader.OfProcess());
        try
        {
            invocation = CommandLineReader.Read(args, profile => ConfiguredOptions.Read(host, profile, line => host.Error.WriteLine(PlainText.OneLine($"rlm: {line}"))));
            host = host with { HandOver = cancelled => PartnerProgram.Worker.RunAsync(args, cancelled) };
            // Where it is missing, what needs no queue after all is done, and anything else tells it.
            code = host.Queues is null && invocation.NeedsQueue(host) && PartnerProgram.Worker.IsThere
                ? await host.HandOver(cancellationToken).ConfigureAwait(false)
                : await invocation.RunAsync(host, cancellationToken).ConfigureAwait(false);
            Flush(host.Output);
        }
        catch (Exception exception)
        {
            code = Tell(exception, host, invocation?.WantsJson ?? false, cancellationToken);
        }

        return code;
    }

    /// <summary>Waits here: to write to a console while nothing else is done would start threads for it.</summary>
    private static void Flush(TextWriter output) => output.Flush();

    private static int Tell(Exception exception, CliHost host, bool isJson, CancellationToken cancellationToken)
    {
        (int code, string line) = exception switch
        {
            // A terminal that is gone takes no words either.
            OperationCanceledException or IOException when cancellationToken.IsCancellationRequested =>
                (ExitCodes.Interrupted, "interrupted"),
            MisuseException => (ExitCodes.WrongUsage, exception.Message),
            ModelException { Failure: ModelFailure.NotFound } =>
                (ExitCodes.Failed, $"{exception.Message}; `rlm models` lists what the endpoint offers"),
            ModelException or TextException or IOException or UnauthorizedAccessException or CallQueueException => (ExitCodes.Failed, exception.Message),
            TimeoutException => (ExitCodes.LimitReached, exception.Message),
            OutOfMemoryException => (ExitCodes.LimitReached, "there is not enough memory: give less at once, or more with --max-memory"),
            _ =>
                (ExitCodes.Failed, $"internal error, {exception.GetType().Name}: {exception.Message} (please report it, with the command and {VersionLine})"),
        };

        try
        {
            if (isJson)
                ResultPrinter.PrintFailure(code, line, host);
            host.Output.Flush();
            host.Error.WriteLine(PlainText.OneLine($"rlm: {line}"));
        }
        catch (IOException)
        {
            // Nobody is left to tell.
        }

        return code;
    }
}
