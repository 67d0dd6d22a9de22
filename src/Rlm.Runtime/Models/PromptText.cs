using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Models;

/// <summary>Takes a chat apart into roles and texts, and refuses what a text protocol would drop.</summary>
internal static class PromptText
{
    /// <summary>The messages in order as role and text, the options' instructions first.</summary>
    /// <exception cref="NotSupportedException">A message holds other content than text, or the options hold tools.</exception>
    public static IReadOnlyList<(ChatRole Role, string Text)> Read(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (options?.Tools is { Count: > 0 })
            throw new NotSupportedException("This client sends text only: it has no tools.");

        var texts = new List<(ChatRole, string)>();
        if (options?.Instructions is { Length: > 0 } instructions)
            texts.Add((ChatRole.System, instructions));

        foreach (var message in messages)
        {
            if (message.Role != ChatRole.System && message.Role != ChatRole.User && message.Role != ChatRole.Assistant)
                throw new NotSupportedException($"This client sends no messages of role `{message.Role}`.");

            if (message.Contents.FirstOrDefault(content => content is not (TextContent or TextReasoningContent or UsageContent)) is { } other)
                throw new NotSupportedException($"This client sends text only: a message holds {other.GetType().Name}.");

            texts.Add((message.Role, message.Text));
        }

        return texts;
    }
}
