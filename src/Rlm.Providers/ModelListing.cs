namespace Rlm;

/// <summary>A model that an endpoint offers.</summary>
/// <param name="Id">The name to ask for it by.</param>
/// <param name="WindowTokens">Its window in tokens; null where the endpoint does not say.</param>
public sealed record ModelListing(string Id, int? WindowTokens = null)
{
    /// <summary>How the server takes a grammar; null where it is not known to.</summary>
    public GrammarParameter? Grammar { get; init; }

    /// <summary>What the list calls the model's owner: of servers that run models, which server it is.</summary>
    internal string? Owner { get; init; }

    /// <summary>Whether a model that is listed is the one of a name: Ollama lists <c>name:latest</c> for what is called <c>name</c>.</summary>
    internal static bool IsSame(string listed, string model) =>
        string.Equals(listed, model, StringComparison.OrdinalIgnoreCase)
            || string.Equals(listed, model + ":latest", StringComparison.OrdinalIgnoreCase);
}
