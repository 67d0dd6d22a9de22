using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Conversations;

/// <summary>A response format as the shape of an answer.</summary>
internal static class FormatShape
{
    /// <summary>What JSON without a schema is.</summary>
    private static readonly JsonElement AnyObject = JsonElement.Parse("""{"type":"object"}""");

    /// <summary>The shape; null where words will do.</summary>
    /// <exception cref="ArgumentException">The schema is none.</exception>
    public static AnswerShape? Find(ChatResponseFormat? format) =>
        format is ChatResponseFormatJson json ? AnswerShape.Of(json.Schema ?? AnyObject) : null;
}
