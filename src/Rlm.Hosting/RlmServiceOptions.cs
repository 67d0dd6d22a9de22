namespace Rlm;

/// <summary>An agent that a container makes: its models by the keys of their registrations, and its limits.</summary>
public sealed class RlmServiceOptions
{
    /// <summary>The key of the <c>IChatClient</c> that writes programs. Null, the default, for the one without a key.</summary>
    public object? RootKey { get; set; }

    /// <summary>The key of the <c>IChatClient</c> of paid stages. Null, the default, for the root.</summary>
    public object? SubKey { get; set; }

    /// <summary>The keys of more sub-models, by the names that <c>with model</c> gives them. Default none.</summary>
    public IDictionary<string, object> ModelKeys { get; } = new Dictionary<string, object>(StringComparer.Ordinal);

    /// <summary>Limits and settings of every run.</summary>
    public RlmOptions Run { get; set; } = new();
}
