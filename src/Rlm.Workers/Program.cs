using Rlm.Cli;
using Rlm.Workers;

if (args is ["--version" or "-V"])
{
    Console.Out.WriteLine($"rlm-worker {RlmCli.Version}");
    return ExitCodes.Answered;
}

var streams = StandardStreams.Find();
if (!streams.HasOutput)
{
    if (streams.HasError)
        Console.Error.WriteLine("rlm-worker: standard output is closed, so that an answer would be lost; nothing was run");
    return ExitCodes.Failed;
}

FileSizeSignal.Ignore();
using var interruption = new Interruption();
var host = CliHost.OfProcess(streams, interruption) with { Queues = new PostgresServer() };
// A whole command line of `rlm`, or the options of `rlm worker` alone.
string[] line = args is [] or ["--licenses"] || !args[0].StartsWith('-') ? args : ["worker", .. args];
return await RlmCli.RunAsync(line, host, interruption.Token).ConfigureAwait(false);
