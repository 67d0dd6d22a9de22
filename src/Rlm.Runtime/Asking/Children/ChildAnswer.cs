using System.Text.Json;
using Rlm.Dsl.Types;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Children;

/// <summary>Reads the answers of child roots as the type that their stage says, which holds their programs to it.</summary>
internal sealed class ChildAnswer(RlmType reply)
{
    /// <summary>What their answers must be; null for texts.</summary>
    public AnswerShape? Shape { get; } = reply.Required != RlmType.Text && ReplyFormat.SchemaOf(reply) is { } schema ? AnswerShape.Of(schema) : null;

    /// <summary>The value of an answer, or why it is none.</summary>
    public Value Read(RlmResult result, ChildQuestion question)
    {
        if (result is not { Outcome: RlmOutcome.Answered, Answer: { } answer })
            return new FailedValue($"its root gave no answer: {string.Join("; ", result.Reasons)}") { IsOverLimit = result.Outcome == RlmOutcome.LimitReached };

        var reading = ReplyReader.Read(reply, Shape is null ? answer : Open(answer), question.Source);
        return reading.Problem is { } problem ? new FailedValue(problem) { Reply = answer } : reading.Value!;
    }

    /// <summary>An answer that is JSON as a reply of a model writes it.</summary>
    private static string Open(string json)
    {
        var answer = JsonElement.Parse(json);
        return answer.ValueKind switch
        {
            JsonValueKind.String => answer.GetString()!,
            JsonValueKind.Null => "none",
            _ => json,
        };
    }
}
