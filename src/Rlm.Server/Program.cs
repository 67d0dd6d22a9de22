using Rlm.Cli;
using Rlm.Server;

var streams = StandardStreams.Find();
FileSizeSignal.Ignore();
using var interruption = new Interruption();
var host = CliHost.OfProcess(streams, interruption) with { Serve = RlmServer.RunAsync };
// The options of `rlm serve`, without the verb; what stands before any verb is the same for both programs.
string[] line = args is ["--version" or "-V" or "--licenses"] ? args : ["serve", .. args];
return await RlmCli.RunAsync(line, host, interruption.Token).ConfigureAwait(false);
