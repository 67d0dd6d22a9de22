using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rlm.Cli;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Runs;
using Rlm.Server.Access;
using Rlm.Server.Answers;
using Rlm.Server.Endpoints;
using Rlm.Server.Measures;

namespace Rlm.Server;

/// <summary>A server for clients of OpenAI's protocol, from its command line to its end.</summary>
internal static class RlmServer
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Serves until it is interrupted; then runs that are under way may end.</summary>
    public static async Task<int> RunAsync(ServerArguments arguments, CliHost host, CancellationToken cancellationToken)
    {
        var tokens = ApiTokens.Read(arguments, host);
        var run = arguments.Run with { Options = arguments.Run.Options with { Timeout = arguments.Run.Options.Timeout ?? DefaultTimeout } };
        using var prepared = new PreparedRun(run, arguments.Output, host, null);
        await prepared.ConnectAsync(run.Model, isPaid: true, cancellationToken).ConfigureAwait(false);
        var models = new ServedModels(prepared.Models, arguments.MinTokens);
        if (tokens.LimitCost)
            RunPrices.RequireKnown(prepared.Options with { MaxCostUsd = 1 }, prepared.Models);

        var application = CreateApplication(arguments, host, prepared, models, tokens);
        using var server = CreateServer(arguments);
        await server.StartAsync(application, CancellationToken.None).ConfigureAwait(false);
        host.WriteText(string.Join('\n', server.Features.Get<IServerAddressesFeature>()!.Addresses.Select(address => $"{address}/v1")));
        try
        {
            await Task.Delay(Timeout.Infinite, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException)
        {
            // Told to stop.
        }

        application.Stop();
        prepared.Status.Tell(Invariant($"stopping; what is under way has {arguments.StopTime.TotalSeconds:0} s"));
        using var stop = new CancellationTokenSource(arguments.StopTime);
        await server.StopAsync(stop.Token).ConfigureAwait(false);
        await application.DrainAsync().ConfigureAwait(false);
        return ExitCodes.Answered;
    }

    private static ServerApplication CreateApplication(ServerArguments arguments, CliHost host, PreparedRun prepared, ServedModels models, ApiTokens tokens)
    {
        var metrics = new ServerMetrics();
        var queue = new RunQueue(arguments.ParallelRuns, arguments.MaxQueue);
        metrics.Queue = queue.Count;
        bool isKept = arguments.KeepsJournals && prepared.Models is not { RootEndpoint: null, SubEndpoint: null };
        var journals = new RunJournals(isKept ? RunsFolder.Find(host, arguments.Run.JournalFolder) : null, arguments.Run.Sync, prepared.Status);
        var runs = new ConversationRuns(prepared.Options, queue, journals, metrics);
        var forwarded = new ForwardedCalls(prepared.Http!, runs, metrics);
        ServerApplication? application = null;
        return application = new(new(!tokens.AreRequired), tokens, metrics, prepared.Status)
        {
            Endpoints =
            [
                new ChatEndpoint(models, runs, forwarded, arguments.MaxBodyBytes, prepared.Options.TimeProvider),
                new ModelsEndpoint(models),
                new OneModelEndpoint(models),
                new StateEndpoint("/health", () => true),
                new StateEndpoint("/ready", () => !application!.IsStopping),
                new MetricsEndpoint(metrics, needsToken: !IPAddress.IsLoopback(arguments.Listen.Address)),
            ],
        };
    }

    private static KestrelServer CreateServer(ServerArguments arguments)
    {
        var options = new KestrelServerOptions { AddServerHeader = false };
        options.Limits.MaxRequestBodySize = arguments.MaxBodyBytes;
        options.Listen(arguments.Listen, listen => listen.Protocols = HttpProtocols.Http1);
        var sockets = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), NullLoggerFactory.Instance);
        return new(Options.Create(options), sockets, NullLoggerFactory.Instance);
    }
}
