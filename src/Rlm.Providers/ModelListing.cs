namespace Rlm;

/// <summary>A model that an endpoint offers.</summary>
/// <param name="Id">The name to ask for it by.</param>
/// <param name="WindowTokens">Its window in tokens; null where the endpoint does not say.</param>
public sealed record ModelListing(string Id, int? WindowTokens = null)
{
    /// <summary>How the server takes a grammar; null where it is not known to.</summary>
    public GrammarParameter? Grammar { get; init; }
}
