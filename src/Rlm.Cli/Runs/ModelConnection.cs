using Microsoft.Extensions.AI;
using Rlm.Cli.CommandLine;
using Rlm.Cli.Output;

namespace Rlm.Cli.Runs;

/// <summary>The models of a run.</summary>
/// <param name="Root">Writes the programs.</param>
/// <param name="Sub">Answers paid stages.</param>
/// <param name="Name">The root's name; <c>offline</c> for the offline model.</param>
/// <param name="ByName">The models by the names that <c>with model</c> gives them.</param>
internal sealed record ModelConnection(IChatClient Root, IChatClient Sub, string Name, IReadOnlyDictionary<string, IChatClient> ByName)
{
    /// <summary>What a run calls its own models, so that no other is found by it.</summary>
    private static readonly string[] OwnNames = ["root", "sub"];

    /// <summary>Whether a replay asked for a reply that the journal does not hold.</summary>
    public bool HasMissed => Replays.Any(replay => replay.HasMissed);

    /// <summary>Whether nothing is asked, and all replies are there or nowhere.</summary>
    public bool IsReplay => Replays.Count > 0;

    /// <summary>Where the root is; null for the offline model, and in a replay.</summary>
    public ModelEndpoint? RootEndpoint { get; private init; }

    /// <summary>Where the model of paid stages is; null for the offline model, and in a replay.</summary>
    public ModelEndpoint? SubEndpoint { get; private init; }

    private IReadOnlyList<ReplayChatClient> Replays { get; init; } = [];

    private const string OfflineNature = "the built-in offline model, which matches words and does not understand text";

    /// <summary>Chooses the models, says which on stderr, and makes their clients; throws <see cref="ModelException"/>.</summary>
    /// <param name="arguments">Which models.</param>
    /// <param name="paid">The model whose replies are there, which stands for one where none is configured; null for none.</param>
    /// <param name="host">The process around it.</param>
    /// <param name="http">What requests go through.</param>
    /// <param name="status">Writes to stderr.</param>
    /// <param name="cancellationToken">Interrupts it.</param>
    public static async Task<ModelConnection> OpenAsync(
        ModelArguments arguments, JournalModel? paid, CliHost host, HttpMessageInvoker http, StatusWriter status, CancellationToken cancellationToken)
    {
        var chooser = new ModelChooser(http, ModelKeys.WithKey(host, arguments.Key), arguments.OptionNames);
        var selection = await chooser.ChooseAsync(arguments.Model, arguments.BaseUrl, cancellationToken).ConfigureAwait(false);
        ForbidDumps(selection);
        if (selection.Endpoint is null && paid is not null && paid.Provider != ModelChooser.Offline && !IsOfflineWanted(arguments, host))
        {
            status.Tell($"no model configured: the replies of `{paid.Name}` that the shards paid for are all that there is");
            return Replay(paid, paid);
        }

        if (selection.Endpoint is null && arguments.IsOfflineNamed && !IsOfflineWanted(arguments, host))
            throw new ModelException(ModelFailure.NotChosen, "no model is configured: set --model, --base-url or an API key");
        status.Tell(selection.Endpoint is null ? OfflineLine(arguments, host) : selection.Reason);

        var root = Client(selection, arguments, host, http);
        string name = selection.Endpoint?.Model ?? ModelChooser.Offline;
        if (arguments.SubBaseUrl is not null)
            return await WithSubAsync(root, name, selection.Endpoint, arguments, host, http, status, cancellationToken).ConfigureAwait(false);
        if (arguments.SubModel is not { } subName || subName == name)
        {
            // One model may be given another window for its many short calls.
            bool isOther = arguments.SubWindowTokens is { } window && window != arguments.WindowTokens;
            var same = isOther ? Client(selection, arguments.OfSub, host, http) : root;
            return new(root, same, name, Named((name, root))) { RootEndpoint = selection.Endpoint, SubEndpoint = selection.Endpoint };
        }


        bool isOffline = string.Equals(subName, ModelChooser.Offline, StringComparison.OrdinalIgnoreCase);
        if (!isOffline && selection.Endpoint is null)
            throw new ModelException(
                ModelFailure.NotChosen, $"--sub-model {subName} needs an endpoint: set --base-url, --model or an API key.");

        var subSelection = isOffline ? new(null, "") : await chooser.ChooseAtAsync(selection.Endpoint!, subName, cancellationToken).ConfigureAwait(false);
        var sub = Client(subSelection, arguments.OfSub, host, http);
        return new(root, sub, name, Named((name, root), (subName, sub))) { RootEndpoint = selection.Endpoint, SubEndpoint = subSelection.Endpoint };
    }

    /// <summary>The same root beside a model of paid stages at an endpoint of its own.</summary>
    private static async Task<ModelConnection> WithSubAsync(
        IChatClient root, string name, ModelEndpoint? rootEndpoint, ModelArguments arguments, CliHost host, HttpMessageInvoker http, StatusWriter status,
        CancellationToken cancellationToken)
    {
        var environment = ModelKeys.WithKey(host, arguments.SubKey);
        // RLM_MODEL names the root.
        var selection = await new ModelChooser(http, name => name == "RLM_MODEL" ? null : environment(name), arguments.SubOptionNames)
            .ChooseAsync(arguments.SubModel, arguments.SubBaseUrl, cancellationToken).ConfigureAwait(false);
        ForbidDumps(selection);
        status.Tell($"paid stages: {selection.Reason}");

        var sub = Client(selection, arguments.OfSub, host, http);
        string subName = selection.Endpoint?.Model ?? ModelChooser.Offline;
        return new(root, sub, name, subName == name ? Named((name, root)) : Named((name, root), (subName, sub)))
        {
            RootEndpoint = rootEndpoint,
            SubEndpoint = selection.Endpoint,
        };
    }

    /// <summary>The models that workers ask, by their names alone: addresses and keys are the workers' own.</summary>
    /// <exception cref="ModelException">No model is named.</exception>
    /// <exception cref="MisuseException">An address is given.</exception>
    public static ModelConnection OfWorkers(ModelArguments arguments, CliHost host, HttpMessageInvoker http, StatusWriter status, string queue)
    {
        string workers = OptionCatalog.Workers.Name;
        foreach (var (address, option) in new[] { (arguments.BaseUrl, OptionCatalog.BaseUrl), (arguments.SubBaseUrl, OptionCatalog.SubBaseUrl) })
        {
            if (address is not null)
                throw new MisuseException($"{option.Name} goes not with {workers}: each worker has an address of its own, `rlm worker {OptionCatalog.BaseUrl.Name} URL`");
        }

        string name = arguments.Model ?? host.Variable("RLM_MODEL") ?? throw new ModelException(
            ModelFailure.NotChosen, $"{workers} needs the name of the model, as the workers' endpoints call it: {OptionCatalog.Model.Name} NAME");
        var root = Make(name, arguments);
        status.Tell($"using {name} at the workers of {queue}");
        if (arguments.SubModel is not { } subName || subName == name)
            return new(root, root, name, Named((name, root)));

        var sub = Make(subName, arguments.OfSub);
        return new(root, sub, name, Named((name, root), (subName, sub)));

        IChatClient Make(string model, ModelArguments own) => string.Equals(model, ModelChooser.Offline, StringComparison.OrdinalIgnoreCase)
            ? new OfflineChatClient()
            : Client(new(ModelEndpoint.ForWorkers(model), ""), own, host, http);
    }

    private static void ForbidDumps(ModelSelection selection)
    {
        if (selection.Endpoint is { Key: not null })
            CoreDumps.Forbid();
    }

    /// <summary>A model for programs that ask none.</summary>
    public static ModelConnection Offline()
    {
        var client = new OfflineChatClient();
        return new(client, client, ModelChooser.Offline, new Dictionary<string, IChatClient>());
    }

    /// <summary>The models of a run that is replayed; nothing is asked.</summary>
    public static ModelConnection Replay(JournalRun run) => Replay(run.Root, run.Sub);

    private static ModelConnection Replay(JournalModel ofRoot, JournalModel ofSub)
    {
        var (rootReplay, subReplay) = (new ReplayChatClient(ofRoot), new ReplayChatClient(ofSub));
        var root = ClientOf(rootReplay, ofRoot);
        var sub = ofSub == ofRoot ? root : ClientOf(subReplay, ofSub);
        string name = ofRoot.Name ?? ModelChooser.Offline;
        return new(root, sub, name, ofSub.Name is { } subName ? Named((name, root), (subName, sub)) : Named((name, root)))
        {
            Replays = [rootReplay, subReplay],
        };
    }

    private static IChatClient ClientOf(ReplayChatClient replay, JournalModel model) =>
        model.Provider == ModelChooser.Offline ? new OfflineReplayClient(replay) : replay;

    private static Dictionary<string, IChatClient> Named(params (string Name, IChatClient Client)[] models)
    {
        var byName = new Dictionary<string, IChatClient>(StringComparer.Ordinal);
        foreach (var (name, client) in models)
        {
            if (!OwnNames.Contains(name))
                byName[name] = client;
        }

        return byName;
    }

    private static IChatClient Client(ModelSelection selection, ModelArguments arguments, CliHost host, HttpMessageInvoker http)
    {
        if (selection.Endpoint is not { } endpoint)
            return new OfflineChatClient();

        var client = endpoint.CreateClient(http, host.ModelOptions);
        var own = client.GetRequiredService<ChatClientTraits>();
        var traits = own with { KeepsToSchema = arguments.KeepsToSchema ?? own.KeepsToSchema };
        traits = traits with { Grammar = arguments.IsGrammarGiven ? arguments.Grammar : selection.Grammar };
        if ((arguments.WindowTokens ?? selection.WindowTokens) is { } window)
            traits = traits with { WindowTokens = window, MaxOutputTokens = Math.Clamp(window / 4, 1, own.MaxOutputTokens) };
        return traits == own ? client : endpoint.CreateClient(http, host.ModelOptions with { Traits = traits });
    }

    private static bool IsOfflineWanted(ModelArguments arguments, CliHost host) =>
        string.Equals(arguments.Model ?? host.Variable("RLM_MODEL"), ModelChooser.Offline, StringComparison.OrdinalIgnoreCase);

    private static string OfflineLine(ModelArguments arguments, CliHost host) => IsOfflineWanted(arguments, host)
        ? $"using {OfflineNature}"
        : $"no model configured: using {OfflineNature}; set --model, --base-url or an API key for a real one";
}
