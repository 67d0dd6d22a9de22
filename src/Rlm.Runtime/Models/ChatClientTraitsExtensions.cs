using Microsoft.Extensions.AI;

namespace Rlm;

/// <summary>Says of a client what it does not say itself.</summary>
public static class ChatClientTraitsExtensions
{
    /// <summary>The client, which answers with these traits from then on.</summary>
    /// <param name="client">The client, which is disposed of with the one that is given back.</param>
    /// <param name="traits">What is said of it, such as its window, or that it keeps to JSON schemas.</param>
    public static IChatClient WithTraits(this IChatClient client, ChatClientTraits traits)
    {
        ArgumentNullException.ThrowIfNull(client);
        ArgumentNullException.ThrowIfNull(traits);
        return new DescribedChatClient(client, traits);
    }

    private sealed class DescribedChatClient(IChatClient client, ChatClientTraits traits) : DelegatingChatClient(client)
    {
        public override object? GetService(Type serviceType, object? serviceKey = null) =>
            serviceKey is null && serviceType == typeof(ChatClientTraits) ? traits : base.GetService(serviceType, serviceKey);
    }
}
