using Microsoft.Extensions.AI;

namespace Rlm.Providers.Wire;

/// <summary>Takes a chat apart into roles and texts, and refuses what a text protocol would drop.</summary>
internal static class PromptText
{
    /// <summary>
    /// A system prompt of so many characters comes again, with a history that grows; to write others to a
    /// provider's cache costs more than it saves.
    /// </summary>
    public const int KeptSystemChars = 4_000;

    /// <summary>The messages in order as role and text, the options' instructions first.</summary>
    /// <exception cref="NotSupportedException">A message holds other content than text, or the options hold tools.</exception>
    public static IReadOnlyList<(ChatRole Role, string Text)> Read(IEnumerable<ChatMessage> messages, ChatOptions? options)
    {
        ArgumentNullException.ThrowIfNull(messages);
        RefuseUnsent(options);

        var texts = new List<(ChatRole, string)>(messages.TryGetNonEnumeratedCount(out int count) ? count + 1 : 0);
        if (options?.Instructions is { Length: > 0 } instructions)
            texts.Add((ChatRole.System, instructions));

        foreach (var message in messages)
        {
            if (message.Role != ChatRole.System && message.Role != ChatRole.User && message.Role != ChatRole.Assistant)
                throw new NotSupportedException($"This client sends no messages of role `{message.Role}`.");

            for (int i = 0; i < message.Contents.Count; i++)
            {
                if (message.Contents[i] is not (TextContent or TextReasoningContent or UsageContent))
                    throw new NotSupportedException($"This client sends text only: a message holds {message.Contents[i].GetType().Name}.");
            }

            texts.Add((message.Role, message.Text));
        }

        return texts;
    }

    private static void RefuseUnsent(ChatOptions? options)
    {
        if (options?.Tools is { Count: > 0 } || options?.ToolMode is RequiredChatToolMode)
            throw new NotSupportedException("This client sends text only: it has no tools.");
        string? unsent = options?.ConversationId is not null ? nameof(ChatOptions.ConversationId)
            : options?.RawRepresentationFactory is not null ? nameof(ChatOptions.RawRepresentationFactory)
            : options?.Reasoning?.Output is not (null or ReasoningOutput.None) ? "Reasoning.Output"
            : null;
        if (unsent is not null)
            throw new NotSupportedException($"This client does not send `ChatOptions.{unsent}`: leave it out.");
    }
}
