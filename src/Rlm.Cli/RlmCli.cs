using Rlm.Cli.CommandLine;
using Rlm.Cli.Commands;
using Rlm.Cli.Help;
using Rlm.Cli.Output;
using Rlm.Runtime.Models;
using Rlm.Runtime.Texts;

namespace Rlm.Cli;

/// <summary>The whole command line over a host: reads the arguments, runs the verb, and turns every failure into one line and an exit code.</summary>
internal static class RlmCli
{
    public const string Version = "0.1.0";

    public const string VersionLine = "rlm " + Version;

    public static async Task<int> RunAsync(string[] args, CliHost host, CancellationToken cancellationToken = default)
    {
        int code;
        try
        {
            code = await DispatchAsync(CommandLineReader.Read(args), host, cancellationToken).ConfigureAwait(false);
            await host.Output.FlushAsync(CancellationToken.None).ConfigureAwait(false);
        }
        catch (Exception exception)
        {
            code = Tell(exception, host, cancellationToken);
        }

        return code;
    }

    private static async Task<int> DispatchAsync(Invocation invocation, CliHost host, CancellationToken cancellationToken)
    {
        switch (invocation)
        {
            case VersionInvocation:
                host.Output.WriteLine(VersionLine);
                return ExitCodes.Answered;
            case UsageInvocation usage:
                host.Output.Write(UsagePage.Write(usage.Verb, usage.IsLong));
                return ExitCodes.Answered;
            case Misuse misuse:
                host.Error.WriteLine(PlainText.OneLine($"rlm: {misuse.Message}"));
                host.Error.WriteLine(misuse.Verb is null ? "see rlm --help" : $"see rlm {misuse.Verb.Name} --help");
                return ExitCodes.WrongUsage;
            case AskInvocation ask:
                return await AskCommand.RunAsync(ask, host, cancellationToken).ConfigureAwait(false);
            case RunInvocation run:
                return await RunCommand.RunAsync(run, host, cancellationToken).ConfigureAwait(false);
            case CheckInvocation check:
                return await CheckCommand.RunAsync(check, host, cancellationToken).ConfigureAwait(false);
            case ReplayInvocation replay:
                return await ReplayCommand.RunAsync(replay, host, cancellationToken).ConfigureAwait(false);
            case JournalInvocation journal:
                return JournalCommand.Run(journal, host);
            case ModelsInvocation models:
                return await ModelsCommand.RunAsync(models, host, cancellationToken).ConfigureAwait(false);
            case HelpInvocation help:
                return HelpCommand.Run(help, host);
            default:
                throw new InvalidOperationException($"Nothing runs {invocation.GetType().Name}.");
        }
    }

    private static int Tell(Exception exception, CliHost host, CancellationToken cancellationToken)
    {
        (int code, string line) = exception switch
        {
            // A terminal that is gone takes no words either.
            OperationCanceledException or IOException when cancellationToken.IsCancellationRequested => (ExitCodes.Interrupted, "interrupted"),
            MisuseException => (ExitCodes.WrongUsage, exception.Message),
            ModelException or TextException or IOException or UnauthorizedAccessException => (ExitCodes.Failed, exception.Message),
            TimeoutException => (ExitCodes.LimitReached, exception.Message),
            OutOfMemoryException => (ExitCodes.LimitReached, "there is not enough memory: give less at once, or more with --max-memory"),
            _ => (ExitCodes.Failed, $"internal error, {exception.GetType().Name}: {exception.Message} (please report it, with the command and {VersionLine})"),
        };

        try
        {
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
