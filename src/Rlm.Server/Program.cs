using Rlm.Cli;
using Rlm.Server;

if (args is ["--version" or "-V"])
{
    Console.Out.WriteLine($"rlm-server {RlmCli.Version}");
    return ExitCodes.Answered;
}

var streams = StandardStreams.Find();
FileSizeSignal.Ignore();
using var interruption = new Interruption();
var host = CliHost.OfProcess(streams, interruption) with { Serve = RlmServer.RunAsync };
// The options of `rlm serve`, without the verb.
string[] line = args is ["--licenses"] ? args : ["serve", .. args];
return await RlmCli.RunAsync(line, host, interruption.Token).ConfigureAwait(false);
