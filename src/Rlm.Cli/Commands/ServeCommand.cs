using Rlm.Cli.CommandLine;
using Rlm.Cli.Runs;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands;

/// <summary><c>rlm serve</c>: a server for clients of OpenAI's protocol.</summary>
internal sealed class ServeCommand() : Verb(
    "serve", "[options]", "a server for clients of OpenAI's protocol, whose texts may be of any length",
    "It speaks /v1/chat/completions and /v1/models. A conversation that fits the model goes to it untouched. One that does not has its long parts held outside the prompt, and the loop answers from them. "
    + "The limits are for each request. A program of its own serves, rlm-server, which stands beside rlm.",
    [
        Listen, TokenKey, Model, SubModel, BaseUrl, SubBaseUrl, Key, SubKey, Window, SubWindow, ReplySchema, Grammar, Instructions, Profile, NoConfiguration,
        MinTokens, ParallelRuns, MaxQueue, MaxBody, StopTime, MaxCalls, MaxSteps, MaxDepth, MaxTokens, MaxInputTokens, MaxOutputTokens, MaxCost, Price, Prices,
        OptionCatalog.Timeout, MaxMemory, OptionCatalog.Parallel, RequestsPerMinute, TokensPerMinute, JournalFolder, NoJournal, Sync, LogFormat, Quiet, Verbose, NoColor, ShortHelp, LongHelp,
    ],
    [
        ("rlm serve --model gpt-5-mini", "clients set base_url to http://127.0.0.1:8642/v1"),
        ("rlm serve --model gpt-5-mini --max-cost 0.5 --timeout 5m", "limits of each request"),
        ("rlm serve --listen 0.0.0.0:8642 --token-key clients", "for other machines, behind a proxy with TLS"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        if (reader.Words is [var word, ..])
            reader.Fail($"`{word}` is one argument too many: questions come from clients");
        return new ServeInvocation(ServerArguments.Read(reader));
    }
}

/// <param name="Server">What it listens to, and how much it takes.</param>
internal sealed record ServeInvocation(ServerArguments Server) : Invocation
{
    public override Task<int> RunAsync(CliHost host, CancellationToken cancellationToken) =>
        host.Serve is { } serve ? serve(Server, host, cancellationToken) : PartnerProgram.Server.RunAsync(Server.Given, cancellationToken);
}
