using BenchmarkDotNet.Running;
using Rlm.Testing;

// `serve MS` answers every call after that many milliseconds, for measuring the native binary from outside; anything else runs benchmarks.
if (args is ["serve", var latencyMs])
{
    await using var server = new LoopbackModelServer(
        _ => LoopbackReply.Text("ok").After(TimeSpan.FromMilliseconds(int.Parse(latencyMs, null))));
    Console.WriteLine(server.OpenAiUrl);
    await Task.Delay(Timeout.Infinite);
}

BenchmarkSwitcher.FromAssembly(typeof(Program).Assembly).Run(args);
