using Microsoft.Extensions.AI;
using Rlm.Cli.Runs;
using Rlm.Server.Protocol;

namespace Rlm.Server.Answers;

/// <summary>The models that clients may name: the server's own, by its name and by <c>rlm</c>, and that of paid stages.</summary>
internal sealed class ServedModels
{
    /// <summary>The name of whatever model the server has.</summary>
    public const string Alias = "rlm";

    private readonly Dictionary<string, ServedModel> _byName = new(StringComparer.Ordinal);

    /// <param name="models">The models of runs.</param>
    /// <param name="minTokens">From where on a conversation is run by the loop; null for what a model's window takes.</param>
    public ServedModels(ModelConnection models, int? minTokens)
    {
        var sub = ReferenceEquals(models.Root, models.Sub) ? null : models.Sub;
        Root = new(models.Name, models.Root, sub, models.RootEndpoint, minTokens ?? FindMinTokens(models.Root));
        _byName[Alias] = Root;
        if (sub is not null)
            _byName[NameOf(sub)] = new(NameOf(sub), sub, null, models.SubEndpoint, minTokens ?? FindMinTokens(sub));
        _byName[Root.Name] = Root;
    }

    /// <summary>The server's own.</summary>
    public ServedModel Root { get; }

    public IReadOnlyCollection<string> Names => _byName.Keys;

    /// <summary>The model of that name.</summary>
    /// <exception cref="ApiException">There is none.</exception>
    public ServedModel Find(string name) => _byName.GetValueOrDefault(name) ?? throw new ApiException(
        404, "invalid_request_error", "model_not_found", $"There is no model `{name}`: there are {string.Join(", ", Names.Select(known => $"`{known}`"))}.")
    {
        Parameter = "model",
    };

    private static string NameOf(IChatClient client) =>
        (client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata)?.DefaultModelId ?? ModelChooser.Offline;

    /// <summary>The window without a reply, and without a tenth of it, since tokens are estimated.</summary>
    private static int FindMinTokens(IChatClient client)
    {
        var traits = client.GetService(typeof(ChatClientTraits)) as ChatClientTraits ?? new ChatClientTraits();
        return Math.Max(1, traits.WindowTokens - traits.MaxOutputTokens - (traits.WindowTokens / 10));
    }
}
