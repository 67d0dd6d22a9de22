using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Models.Calls;

/// <summary>A model's reply and what it used.</summary>
/// <param name="Received">The text as it came, which a journal keeps.</param>
/// <param name="InputTokens">Tokens of the prompt, those in the provider's cache included.</param>
/// <param name="OutputTokens">Tokens of the reply.</param>
internal sealed record ModelReply(string Received, long InputTokens, long OutputTokens)
{
    /// <summary>What the count of tokens written to the provider's cache is called among a response's additional ones.</summary>
    public const string CacheWrites = "CacheCreationInputTokens";

    /// <summary>The text without the thoughts before it, marks that were broken in the prompt whole again; empty where it broke off within its thoughts.</summary>
    public string Text { get; init; } = PromptMarkers.Restore(ReplyThoughts.Strip(Received));

    /// <summary>Tokens of the prompt that the provider had in its cache.</summary>
    public long CachedInputTokens { get; init; }

    /// <summary>Tokens of the prompt that the provider wrote to its cache, which may cost more than others.</summary>
    public long CacheWriteTokens { get; init; }

    /// <summary>Whether the reply stops where its tokens ran out.</summary>
    public bool IsCut { get; init; }

    /// <summary>Whether the text says why there is no answer.</summary>
    public bool IsRefused { get; init; }

    /// <summary>The same reply with the tokens of another attempt added.</summary>
    public ModelReply Plus(ModelReply other) => this with
    {
        InputTokens = InputTokens + other.InputTokens,
        OutputTokens = OutputTokens + other.OutputTokens,
        CachedInputTokens = CachedInputTokens + other.CachedInputTokens,
        CacheWriteTokens = CacheWriteTokens + other.CacheWriteTokens,
    };
}
