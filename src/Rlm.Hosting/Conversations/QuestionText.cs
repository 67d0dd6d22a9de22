using System.Text;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Conversations;

/// <summary>Messages as one question. A line of a message that looks like another speaker's is indented, and so is none.</summary>
internal static class QuestionText
{
    /// <param name="messages">The messages; system messages are not part of it.</param>
    /// <param name="wordsOf">What a content says; empty for nothing.</param>
    public static string Of(IEnumerable<ChatMessage> messages, Func<AIContent, string> wordsOf)
    {
        ChatMessage[] spoken = [.. messages.Where(message => message.Role != ChatRole.System)];
        if (spoken is [var only])
            return MovedPart.Join([.. only.Contents.Select(wordsOf)]);

        var question = new StringBuilder("Answer the last message of the user in this conversation:\n");
        foreach (var message in spoken)
        {
            foreach (var content in message.Contents)
            {
                if (wordsOf(content) is { Length: > 0 } words)
                    question.Append('\n').Append(SpeakerOf(message, content, spoken)).Append(words.ReplaceLineEndings("\n  "));
            }
        }

        return question.ToString();
    }

    /// <summary>The name of the tool that a call was of.</summary>
    public static string ToolOf(IEnumerable<ChatMessage> messages, string callId) =>
        messages.SelectMany(message => message.Contents).OfType<FunctionCallContent>().LastOrDefault(call => call.CallId == callId)?.Name
        ?? "result";

    private static string SpeakerOf(ChatMessage message, AIContent content, ChatMessage[] spoken) => content switch
    {
        FunctionCallContent => "assistant calls ",
        FunctionResultContent result => $"{ToolOf(spoken, result.CallId)} gives ",
        _ => $"{message.Role.Value}: ",
    };
}
