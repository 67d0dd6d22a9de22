using Microsoft.Extensions.AI;

namespace Rlm;

/// <summary>When an <see cref="RlmChatClient"/> runs its loop, over which models, and within what limits.</summary>
public sealed class RlmChatOptions
{
    /// <summary>
    /// A conversation whose long parts have fewer tokens together goes to the inner client as it is. Default 16,000; at least 1.
    /// </summary>
    public int MinTokens { get; set; } = 16_000;

    /// <summary>
    /// A text of a user is long from so many tokens on. Default 1,000; at least 1. Attached texts and results of tools are data at any
    /// length.
    /// </summary>
    public int MinPartTokens { get; set; } = 1_000;

    /// <summary>The model that writes programs. Null, the default, for the inner client with the caller's settings.</summary>
    public IChatClient? Root { get; set; }

    /// <summary>The model of paid stages. Null, the default, for <see cref="Root"/>.</summary>
    public IChatClient? Sub { get; set; }

    /// <summary>
    /// Limits and settings of the loop. Its <see cref="RlmOptions.DirectTokens"/> are ignored for <see cref="MinTokens"/>, and the
    /// conversation's system messages are added to its <see cref="RlmOptions.Instructions"/>.
    /// </summary>
    public RlmOptions Run { get; set; } = new();
}
