using Microsoft.Extensions.AI;

namespace Rlm.Testing;

/// <summary>A call that <see cref="ScriptedChatClient"/> was asked for.</summary>
/// <param name="Index">Its place among all calls, from 0.</param>
/// <param name="Messages">The messages.</param>
/// <param name="Options">The options, or null.</param>
public sealed record ScriptedCall(int Index, IReadOnlyList<ChatMessage> Messages, ChatOptions? Options)
{
    /// <summary>The text of the last message.</summary>
    public string LastText => Messages.Count > 0 ? Messages[^1].Text : "";

    /// <summary>The texts of all messages, joined by an empty line.</summary>
    public string AllText => string.Join("\n\n", Messages.Select(message => message.Text));
}
