using Microsoft.Extensions.AI;
using Rlm.Hosting.Conversations;

namespace Rlm.Server.Protocol;

/// <summary>A request for a reply to a conversation.</summary>
/// <param name="Model">The model that it names.</param>
/// <param name="Messages">The conversation.</param>
/// <param name="Options">What it says of the reply.</param>
internal sealed record ChatRequest(string Model, IReadOnlyList<ChatMessage> Messages, ChatOptions Options)
{
    private readonly Lazy<long> _tokens = new(() => LongConversation.TokensOf(Messages));

    /// <summary>About how many tokens the conversation has.</summary>
    public long Tokens => _tokens.Value;

    /// <summary>The conversation for a client that takes texts as strings.</summary>
    public IEnumerable<ChatMessage> PlainMessages => Messages.Select(message =>
        new ChatMessage(message.Role, [.. message.Contents.Select(content => content is Utf8TextContent utf8 ? utf8.ToText() : content)]));

    /// <summary>Where the model's name stands in the body, in quotes: its first byte, and the one behind it.</summary>
    public (int Start, int End) ModelPlace { get; init; }

    /// <summary>Whether the reply is streamed.</summary>
    public bool IsStreamed { get; init; }

    /// <summary>Whether a stream ends with its usage.</summary>
    public bool IncludesUsage { get; init; }

    /// <summary>How many replies it asks for.</summary>
    public int Replies { get; init; } = 1;

    /// <summary>What cannot be read of it, which is for the model that gets it as it is to judge; null for nothing.</summary>
    public ApiException? Problem { get; init; }

    /// <summary>The field that only a model which gets the request as it is can heed; null for none.</summary>
    public string? ForwardedOnly { get; init; }
}
