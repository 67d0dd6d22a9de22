using System.Net;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Rlm.Cli;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Cli.Runs;
using Rlm.Server.Access;
using Rlm.Server.Answers;
using Rlm.Server.Endpoints;
using Rlm.Server.Measures;
using Rlm.Server.Pages;
using Rlm.Server.Telemetry;

namespace Rlm.Server;

/// <summary>A server for clients of OpenAI's protocol, from its command line to its end.</summary>
internal static class RlmServer
{
    private static readonly TimeSpan DefaultTimeout = TimeSpan.FromMinutes(10);

    /// <summary>Serves until it is interrupted; then runs that are under way may end.</summary>
    public static async Task<int> RunAsync(ServerArguments arguments, CliHost host, CancellationToken cancellationToken)
    {
        var tokens = ApiTokens.Read(arguments, host);
        // Sent last of all, when nothing else is there any more.
        using var metrics = new ServerMetrics();
        using var export = new OtlpExport(host.Variable, RlmCli.Version);
        export.Start();
        using var logs = CreateLogs(arguments, host, export);
        if (arguments.LogsJson)
            host = host with { Error = new LogLines(logs.CreateLogger(ServerLog.Category)) };
        var run = arguments.Run with { Options = arguments.Run.Options with { Timeout = arguments.Run.Options.Timeout ?? DefaultTimeout } };
        using var prepared = new PreparedRun(run, arguments.Output, host, null);
        await prepared.ConnectAsync(run.Model, isPaid: true, cancellationToken).ConfigureAwait(false);
        var models = new ServedModels(prepared.Models, arguments.MinTokens);
        if (tokens.LimitCost)
            RunPrices.RequireKnown(prepared.Options with { MaxCostUsd = 1 }, prepared.Models);

        using var pages = new PageWriter();
        var application = CreateApplication(arguments, host, prepared, models, tokens, metrics, logs, CreatePages(arguments, host, pages, cancellationToken));
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
        // Until then new work is refused with a word, and probes are told.
        await Task.WhenAny(application.DrainAsync(), Task.Delay(Timeout.Infinite, stop.Token)).ConfigureAwait(false);
        await server.StopAsync(stop.Token).ConfigureAwait(false);
        await application.DrainAsync().ConfigureAwait(false);
        return ExitCodes.Answered;
    }

    /// <summary>What is told on stderr, and sent to a collector.</summary>
    private static ILoggerFactory CreateLogs(ServerArguments arguments, CliHost host, OtlpExport export) => LoggerFactory.Create(logging =>
    {
        var output = arguments.Output;
        logging.SetMinimumLevel(output.IsVerbose ? LogLevel.Debug : LogLevel.Information);
        logging.AddProvider(arguments.LogsJson
            ? new JsonLog(host.Error, output.IsQuiet ? LogLevel.Warning : LogLevel.Debug, arguments.Run.Options.TimeProvider)
            : new TextLog(new StatusWriter(host, output)));
        export.AddTo(logging);
    });

    private static ServerApplication CreateApplication(
        ServerArguments arguments, CliHost host, PreparedRun prepared, ServedModels models, ApiTokens tokens, ServerMetrics metrics, ILoggerFactory logs, IEnumerable<ServerEndpoint> pages)
    {
        var queue = new RunQueue(arguments.ParallelRuns, arguments.MaxQueue);
        metrics.Queue = queue.Count;
        bool isKept = arguments.KeepsJournals && prepared.Models is not { RootEndpoint: null, SubEndpoint: null };
        var journals = new RunJournals(isKept ? RunsFolder.Find(host, arguments.Run.JournalFolder) : null, arguments.Run.Sync, prepared.Status);
        var runs = new ConversationRuns(prepared.Options, queue, journals, metrics, logs.CreateLogger<RlmChatClient>());
        var forwarded = new ForwardedCalls(prepared.Http!, runs, metrics);
        ServerApplication? application = null;
        return application = new(new(!tokens.AreRequired), tokens, metrics, logs.CreateLogger(ServerLog.Category))
        {
            Endpoints =
            [
                new ChatEndpoint(models, runs, forwarded, arguments.MaxBodyBytes, prepared.Options.TimeProvider),
                new ModelsEndpoint(models),
                new OneModelEndpoint(models),
                new StateEndpoint("/health", () => true),
                new StateEndpoint("/ready", () => !application!.IsStopping),
                new MetricsEndpoint(metrics, needsToken: !IPAddress.IsLoopback(arguments.Listen.Address)),
                .. pages,
            ],
        };
    }

    /// <summary>The pages of runs; none for a user without a folder of them.</summary>
    private static IEnumerable<ServerEndpoint> CreatePages(ServerArguments arguments, CliHost host, PageWriter writer, CancellationToken stopping)
    {
        if (RunsFolder.Find(host, arguments.Run.JournalFolder) is not { } folder)
            return [];

        var changes = new ChangeEvents(writer, arguments.Run.Options.TimeProvider, stopping);
        var known = new KeptRuns(folder, arguments.Run.Options.TimeProvider);
        return
        [
            new StartEndpoint(RunPages.Root), new RunPages(RunPages.Root, folder, known, writer, changes), new RunPages($"{RunPages.Root}/*", folder, known, writer, changes),
        ];
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
