using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging;

namespace Rlm.Server.Answers;

/// <summary>A model that clients may name.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Client">Asks it.</param>
/// <param name="Sub">Answers paid stages where it is the root; null for itself.</param>
/// <param name="Endpoint">Where it is; null for the offline model.</param>
/// <param name="MinTokens">From where on a conversation is run by the loop.</param>
internal sealed record ServedModel(string Name, IChatClient Client, IChatClient? Sub, ModelEndpoint? Endpoint, int MinTokens)
{
    /// <summary>What a call to it takes at most.</summary>
    public int WindowTokens => Traits.WindowTokens;

    /// <summary>How long a reply of it is at most, where a request does not say.</summary>
    public int MaxOutputTokens => Traits.MaxOutputTokens;

    /// <summary>Whether requests can go there as they are.</summary>
    public bool TakesForwarded => Endpoint?.Provider.TakesChatCompletions == true;

    private ChatClientTraits Traits => Client.GetService(typeof(ChatClientTraits)) as ChatClientTraits ?? new ChatClientTraits();

    /// <summary>A client that answers long conversations by the loop.</summary>
    public RlmChatClient CreateReader(RlmOptions options, ILogger<RlmChatClient> log) =>
        new(Client, new RlmChatOptions { MinTokens = MinTokens, Sub = Sub, Run = options }, log);
}
