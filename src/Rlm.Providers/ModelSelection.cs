namespace Rlm;

/// <summary>The model that was chosen, and why.</summary>
/// <param name="Endpoint">Where it is; null means the offline model.</param>
/// <param name="Reason">One sentence for the user, without the key.</param>
/// <param name="WindowTokens">The model's window in tokens, where the endpoint said it while the choice was made; else null.</param>
public sealed record ModelSelection(ModelEndpoint? Endpoint, string Reason, int? WindowTokens = null)
{
    /// <summary>How the server takes a grammar, where it said which it is while the choice was made; else null.</summary>
    public GrammarParameter? Grammar { get; init; }
}
