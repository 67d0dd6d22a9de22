using Rlm.Cli;

// Before anything else is made: scripts ask for the version often.
if (args is ["--version"])
{
    Console.Out.WriteLine(RlmCli.VersionLine);
    return ExitCodes.Answered;
}

FileSizeSignal.Ignore();
using var interruption = new Interruption();
return await RlmCli.RunAsync(args, CliHost.OfProcess(), interruption.Token).ConfigureAwait(false);
