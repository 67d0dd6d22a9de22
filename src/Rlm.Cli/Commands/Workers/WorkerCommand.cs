using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;
using Rlm.Cli.Queues;
using Rlm.Cli.Runs;
using Rlm.Runtime.Rendering;
using static Rlm.Cli.CommandLine.OptionCatalog;

namespace Rlm.Cli.Commands.Workers;

/// <summary><c>rlm worker</c>: makes the calls of runs on other machines.</summary>
internal sealed class WorkerCommand() : Verb(
    "worker", "--workers URL [options]", "make the calls of runs elsewhere, with an address and a key of this machine",
    "It takes calls of a queue, makes one attempt at each at its own endpoint, and gives the replies back. With --serve it also looks through texts of its machine for runs over `-c worker:NAME`, and needs no endpoint for that. Budget, retries and pace are the run's. While its endpoint cannot be reached, calls go back and cost nothing; "
    + "a key that is refused (401) ends it. Ctrl-C or SIGTERM lets what is under way come to its end, a second one does not. A program of its own does it, rlm-worker, which stands beside rlm.",
    [OptionCatalog.Workers, Serve, ContextEncoding, Loader, NoCache, BaseUrl, Key, Slots, WorkerName, Profile, NoConfiguration, .. Common],
    [
        ("rlm worker --workers postgres://gpu1@db.example.com/rlm --base-url http://127.0.0.1:8000/v1", "for a model server on this machine"),
        ("rlm worker --serve logs=/var/log/app --name web1", "for the texts of this machine"),
        ("rlm worker --slots 64", "with the queue, the key and the address of the environment"),
    ])
{
    public override Invocation Read(OptionReader reader)
    {
        if (reader.Words is [var word, ..])
            reader.Fail($"`{word}` is one argument too many");
        var models = new ModelArguments(null, null, reader.Text(BaseUrl)) { Key = reader.Text(Key, isGivenAlone: reader.IsGiven(BaseUrl)) };
        if (models is { Key: not null, BaseUrl: null })
            reader.Fail("--key needs --base-url: a key is for an address");
        return new WorkerInvocation(
            reader.Text(OptionCatalog.Workers), models, reader.Whole(Slots, 1, 1_024, 32), reader.Text(WorkerName), OutputArguments.Read(reader))
        {
            Served = ContextArguments.ReadServed(reader),
        };
    }
}

/// <param name="QueueUrl">The queue; null for that of the environment.</param>
/// <param name="Models">The endpoint and its key.</param>
/// <param name="Slots">How many calls at a time.</param>
/// <param name="Name">Its name; null for one of its own.</param>
/// <param name="Output">How it is told.</param>
internal sealed record WorkerInvocation(string? QueueUrl, ModelArguments Models, int Slots, string? Name, OutputArguments Output) : Invocation
{
    /// <summary>The texts that it serves; null for none.</summary>
    public ContextArguments? Served { get; init; }

    public override bool NeedsQueue(CliHost host) => true;

    public override async Task<int> RunAsync(CliHost host, CancellationToken cancellationToken)
    {
        var server = host.RequireQueues();
        string url = QueueChoice.Require(QueueUrl, host);
        var status = new StatusWriter(host, Output);
        using var http = ModelHttp.CreateClient();
        var endpoint = FindEndpoint(host, http);
        if (endpoint?.Key is not null)
            CoreDumps.Forbid();
        using var served = Served is null ? null : new ServedTexts(Served, host, status.Tell);
        served?.Tell();

        await using var queue = await server.OpenForWorkerAsync(url, cancellationToken).ConfigureAwait(false);
        var options = new WorkerOptions { Slots = Slots, Version = RlmCli.Version, Tell = status.Tell };
        if (Name is not null)
            options = options with { Name = Name };
        if (served is not null)
            options = options with { Handlers = served.HandlersOf(options.Name) };
        var worker = endpoint is null ? new CallWorker(queue, options) : new CallWorker(queue, endpoint, http, options);
        status.Tell($"{options.Name} takes calls of {server.Display(url)} for {(endpoint is null ? "what it serves" : endpoint.BaseUrl.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped).TrimEnd('/'))}, {Slots} at a time");
        using var told = cancellationToken.UnsafeRegister(_ => status.Tell("stopping; what is under way comes to its end, unless it is interrupted again"), null);
        await worker.RunAsync(cancellationToken).ConfigureAwait(false);
        status.Tell($"{Amount.Of(worker.Finished, "call")} made");
        return ExitCodes.Answered;
    }

    /// <summary>The endpoint that the command line or the environment gives, whose model does not matter; null where there is none, and texts are served.</summary>
    private ModelEndpoint? FindEndpoint(CliHost host, HttpMessageInvoker http)
    {
        var environment = ModelKeys.WithKey(host, Models.Key);
        var chooser = new ModelChooser(http, environment, Models.OptionNames);
        if (Models.BaseUrl is { } url)
            return chooser.FindEndpoint(url);
        foreach (var provider in ModelProvider.All)
        {
            if (environment(provider.UrlVariable) is { Length: > 0 } usual)
                return chooser.FindEndpoint(usual);
            if (environment(provider.KeyVariable) is { Length: > 0 } key)
                return new(provider, provider.Url, "", key);
        }

        return Served is not null ? null : throw new ModelException(
            ModelFailure.NotChosen, $"nothing says where the models of this worker are: set {BaseUrl.Name}, or {string.Join(" or ", ModelProvider.All.Select(provider => provider.KeyVariable))}");
    }
}
