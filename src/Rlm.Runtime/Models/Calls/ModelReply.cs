using Rlm.Runtime.Budget;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Models.Calls;

/// <summary>A model's reply and what it used.</summary>
/// <param name="Received">The text as it came, without the JSON that a schema put around it; a journal keeps it.</param>
/// <param name="Tokens">The tokens of prompt and reply.</param>
internal sealed record ModelReply(string Received, TokenCounts Tokens)
{
    /// <summary>What the count of tokens written to the provider's cache is called among a response's additional ones.</summary>
    public const string CacheWrites = "CacheCreationInputTokens";

    /// <summary>
    /// The text without the thoughts before it, marks that were broken in the prompt whole again; empty where it
    /// broke off within its thoughts.
    /// </summary>
    public string Text { get; init; } = PromptMarkers.Restore(ReplyThoughts.Strip(Received));

    /// <summary>Whether the reply stops where its tokens ran out.</summary>
    public bool IsCut { get; init; }

    /// <summary>
    /// Whether the endpoint counts less than half of the tokens that the prompt must have, and more than a server that counts wrongly would:
    /// it cut the prompt to its window.
    /// </summary>
    public bool IsPromptCut { get; init; }

    /// <summary>Whether the text says why there is no answer.</summary>
    public bool IsRefused { get; init; }
}
