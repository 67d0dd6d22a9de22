using Rlm.Cli;

var streams = StandardStreams.Find();
if (!streams.HasOutput)
{
    // Before anything is asked or paid for.
    if (streams.HasError)
        Console.Error.WriteLine("rlm: standard output is closed, so that an answer would be lost; nothing was run");
    return ExitCodes.Failed;
}

// Before anything else is made: scripts ask for the version often.
if (args is ["--version"])
{
    Console.Out.WriteLine(RlmCli.VersionLine);
    return ExitCodes.Answered;
}

FileSizeSignal.Ignore();
using var interruption = new Interruption();
return await RlmCli.RunAsync(args, CliHost.OfProcess(streams, interruption), interruption.Token).ConfigureAwait(false);
