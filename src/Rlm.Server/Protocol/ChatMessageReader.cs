using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Hosting.Conversations;

namespace Rlm.Server.Protocol;

/// <summary>Reads the messages of a request.</summary>
internal static class ChatMessageReader
{
    private const string Parameter = "messages";

    /// <summary>A text of a user from so many bytes on is kept as the bytes that it is.</summary>
    private const int LongBytes = 64 * 1024;

    /// <summary>Reads all of them.</summary>
    /// <param name="messages">The list.</param>
    /// <param name="problem">Set to why a message cannot be read, which then is none of those that are returned.</param>
    /// <param name="forwardedOnly">A kind of content that only the model itself can read; null for none.</param>
    public static IReadOnlyList<ChatMessage> ReadAll(JsonElement messages, ref ApiException? problem, out string? forwardedOnly)
    {
        var read = new List<ChatMessage>(messages.GetArrayLength());
        string? found = null;
        int index = 0;
        foreach (var message in messages.EnumerateArray())
        {
            if (ChatRequestReader.Attempt(() => Read(message, index, ref found), ref problem) is { } known)
                read.Add(known);
            index++;
        }

        forwardedOnly = found;
        return read;
    }

    private static ChatMessage Read(JsonElement message, int index, ref string? forwardedOnly)
    {
        string? role = message.ValueKind == JsonValueKind.Object ? TextOf(message, "role") : null;
        var contents = message.ValueKind == JsonValueKind.Object && message.TryGetProperty("content", out var content)
            ? ReadContents(content, index, isOfUser: role == "user", ref forwardedOnly)
            : [];
        switch (role)
        {
            case "system" or "developer":
                return new(ChatRole.System, contents);
            case "user":
                return new(ChatRole.User, contents);
            case "assistant":
                if (message.TryGetProperty("tool_calls", out var calls) && calls.ValueKind == JsonValueKind.Array)
                    contents.AddRange(calls.EnumerateArray().Select(call => ReadCall(call, index)));
                return new(ChatRole.Assistant, contents);
            case "tool" when TextOf(message, "tool_call_id") is { } id:
                return new(ChatRole.Tool, [new FunctionResultContent(id, string.Concat(contents.OfType<TextContent>().Select(text => text.Text)))]);
            case "tool":
                throw Wrong(index, "has no `tool_call_id`");
            case null:
                throw Wrong(index, "has no `role`");
            default:
                forwardedOnly ??= role;
                return new(new ChatRole(role), contents);
        }
    }

    private static List<AIContent> ReadContents(JsonElement content, int index, bool isOfUser, ref string? forwardedOnly)
    {
        switch (content.ValueKind)
        {
            case JsonValueKind.Null:
                return [];
            case JsonValueKind.String:
                return [ReadText(content, isOfUser)];
            case JsonValueKind.Array:
                var contents = new List<AIContent>();
                foreach (var part in content.EnumerateArray())
                {
                    if (ReadPart(part, index, isOfUser) is { } read)
                        contents.Add(read);
                    else
                        forwardedOnly ??= TextOf(part, "type");
                }

                return contents;
            default:
                throw Wrong(index, "has a `content` that is neither a text nor a list of parts");
        }
    }

    /// <summary>A part that is words or an attached text; null for what only the model itself can read, such as an image.</summary>
    private static AIContent? ReadPart(JsonElement part, int index, bool isOfUser)
    {
        switch (part.ValueKind == JsonValueKind.Object ? TextOf(part, "type") : null)
        {
            case null:
                throw Wrong(index, "has a part without a `type`");
            case "text" or "refusal":
                return (part.TryGetProperty("text", out var text) || part.TryGetProperty("refusal", out text)) && text.ValueKind == JsonValueKind.String
                    ? ReadText(text, isOfUser)
                    : throw Wrong(index, "has a part of text without its `text`");
            case "file" when part.TryGetProperty("file", out var file) && file.ValueKind == JsonValueKind.Object && TextOf(file, "file_data") is { } data:
                return ReadFile(data, TextOf(file, "filename"), index);
            default:
                return null;
        }
    }

    private static AIContent ReadText(JsonElement text, bool isOfUser)
    {
        var written = JsonMarshal.GetRawUtf8Value(text);
        if (!isOfUser || written.Length < LongBytes)
            return new TextContent(text.GetString()!);

        var reader = new Utf8JsonReader(written);
        reader.Read();
        byte[] bytes = GC.AllocateUninitializedArray<byte>(written.Length);
        return new Utf8TextContent(bytes.AsMemory(0, reader.CopyString(bytes)));
    }

    private static DataContent? ReadFile(string data, string? name, int index)
    {
        try
        {
            var content = new DataContent(data.StartsWith("data:", StringComparison.OrdinalIgnoreCase) ? data : $"data:text/plain;base64,{data}") { Name = name };
            return content.HasTopLevelMediaType("image") || content.HasTopLevelMediaType("audio") || content.MediaType == "application/pdf" ? null : content;
        }
        catch (Exception exception) when (exception is UriFormatException or ArgumentException or FormatException)
        {
            throw Wrong(index, "has a file whose `file_data` is not data:TYPE;base64,…");
        }
    }

    private static FunctionCallContent ReadCall(JsonElement call, int index)
    {
        if (call.ValueKind != JsonValueKind.Object || TextOf(call, "id") is not { } id || !call.TryGetProperty("function", out var function)
            || function.ValueKind != JsonValueKind.Object || TextOf(function, "name") is not { } name)
        {
            throw Wrong(index, "has a call of a tool without `id` or `function`");
        }

        return new(id, name, ReadArguments(TextOf(function, "arguments") ?? ""));
    }

    /// <summary>What a model wrote as arguments is words, too, where it is not an object.</summary>
    private static Dictionary<string, object?> ReadArguments(string text)
    {
        try
        {
            RequireUnicode(Encoding.UTF8.GetBytes(text));
            using var arguments = JsonDocument.Parse(text);
            if (arguments.RootElement.ValueKind == JsonValueKind.Object)
                return arguments.RootElement.EnumerateObject().ToDictionary(argument => argument.Name, argument => (object?)argument.Value.Clone());
        }
        catch (Exception exception) when (exception is JsonException or ArgumentException or InvalidOperationException)
        {
            // Told as it is.
        }

        return text.Length == 0 ? [] : new() { ["arguments"] = text };
    }

    /// <summary>Throws where a string of JSON has escapes that no text has.</summary>
    private static void RequireUnicode(ReadOnlySpan<byte> json)
    {
        var reader = new Utf8JsonReader(json);
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.String or JsonTokenType.PropertyName && reader.ValueIsEscaped)
                _ = reader.GetString();
        }
    }

    private static string? TextOf(JsonElement value, string name) =>
        value.TryGetProperty(name, out var text) && text.ValueKind == JsonValueKind.String ? text.GetString() : null;

    private static ApiException Wrong(int index, string problem) => ApiException.BadRequest(Invariant($"Message {index} {problem}."), Invariant($"{Parameter}[{index}]"));
}
