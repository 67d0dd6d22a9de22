using Microsoft.Extensions.AI;

namespace Rlm;

/// <summary>A model as a journal knows it: what the keys of calls and the packing of rows depend on, without address and key.</summary>
/// <param name="Provider">The protocol's name; null for a client that does not say.</param>
/// <param name="Name">The model's name; null for a client that does not say.</param>
/// <param name="WindowTokens">Its window.</param>
/// <param name="MaxOutputTokens">Its longest reply.</param>
public sealed record JournalModel(string? Provider, string? Name, int WindowTokens, int MaxOutputTokens)
{
    /// <summary>What a client says of itself.</summary>
    public static JournalModel Of(IChatClient client)
    {
        var metadata = client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
        var traits = client.GetService(typeof(ChatClientTraits)) as ChatClientTraits ?? new ChatClientTraits();
        return new(metadata?.ProviderName, metadata?.DefaultModelId, traits.WindowTokens, traits.MaxOutputTokens);
    }
}
