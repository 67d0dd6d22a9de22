using System.Text.Json;
using Microsoft.Extensions.AI;

namespace Rlm.Server.Protocol;

/// <summary>Writes replies of <c>/v1/chat/completions</c>, whole and in chunks.</summary>
/// <param name="id">The reply's id.</param>
/// <param name="model">The model that the client named.</param>
/// <param name="created">When it was made.</param>
internal sealed class ChatReply(string id, string model, DateTimeOffset created)
{
    /// <summary>Writes all of it.</summary>
    public void Write(Utf8JsonWriter writer, ChatResponse response)
    {
        WriteHead(writer, "chat.completion");
        writer.WriteStartArray("choices");
        writer.WriteStartObject();
        writer.WriteNumber("index", 0);
        writer.WriteStartObject("message");
        writer.WriteString("role", "assistant");
        writer.WriteString("content", response.Text);
        writer.WriteNull("refusal");
        writer.WriteEndObject();
        writer.WriteNull("logprobs");
        writer.WriteString("finish_reason", ReasonOf(response));
        writer.WriteEndObject();
        writer.WriteEndArray();
        WriteUsage(writer, response.Usage);
        RunFields.Write(writer, response);
        writer.WriteEndObject();
    }

    /// <summary>Writes a chunk that says who speaks.</summary>
    public void WriteRole(Utf8JsonWriter writer) => WriteChunk(writer, static delta =>
    {
        delta.WriteString("role", "assistant");
        delta.WriteString("content", "");
    });

    /// <summary>Writes a chunk of the text.</summary>
    public void WriteText(Utf8JsonWriter writer, string text) => WriteChunk(writer, delta => delta.WriteString("content", text));

    /// <summary>Writes the chunk behind the text.</summary>
    public void WriteEnd(Utf8JsonWriter writer, ChatResponse response) => WriteChunk(writer, static _ => { }, response);

    /// <summary>Writes the chunk of what was used.</summary>
    public void WriteUsage(Utf8JsonWriter writer, ChatResponse response)
    {
        WriteHead(writer, "chat.completion.chunk");
        writer.WriteStartArray("choices");
        writer.WriteEndArray();
        WriteUsage(writer, response.Usage);
        writer.WriteEndObject();
    }

    private void WriteHead(Utf8JsonWriter writer, string kind)
    {
        writer.WriteStartObject();
        writer.WriteString("id", id);
        writer.WriteString("object", kind);
        writer.WriteNumber("created", created.ToUnixTimeSeconds());
        writer.WriteString("model", model);
    }

    private void WriteChunk(Utf8JsonWriter writer, Action<Utf8JsonWriter> writeDelta, ChatResponse? end = null)
    {
        WriteHead(writer, "chat.completion.chunk");
        writer.WriteStartArray("choices");
        writer.WriteStartObject();
        writer.WriteNumber("index", 0);
        writer.WriteStartObject("delta");
        writeDelta(writer);
        writer.WriteEndObject();
        writer.WriteNull("logprobs");
        writer.WriteString("finish_reason", end is null ? null : ReasonOf(end));
        writer.WriteEndObject();
        writer.WriteEndArray();
        if (end is not null)
            RunFields.Write(writer, end);
        writer.WriteEndObject();
    }

    private static string ReasonOf(ChatResponse response) => (response.FinishReason ?? ChatFinishReason.Stop).Value;

    private static void WriteUsage(Utf8JsonWriter writer, UsageDetails? usage)
    {
        long input = usage?.InputTokenCount ?? 0, output = usage?.OutputTokenCount ?? 0;
        writer.WriteStartObject("usage");
        writer.WriteNumber("prompt_tokens", input);
        writer.WriteNumber("completion_tokens", output);
        writer.WriteNumber("total_tokens", input + output);
        writer.WriteStartObject("prompt_tokens_details");
        writer.WriteNumber("cached_tokens", usage?.CachedInputTokenCount ?? 0);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }
}
