using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rlm.Cli.Lsp;

/// <summary>Writes messages, each behind a header that says how many bytes it has.</summary>
internal sealed class MessageWriter(TextWriter output)
{
    /// <summary>What stands for nothing: the result of what has none, and the id of a message that could not be read.</summary>
    public static JsonElement Null { get; } = ParseJson("null");

    /// <summary>A value as the part of a message.</summary>
    public static JsonElement ToElement<T>(T value, JsonTypeInfo<T> type) => JsonSerializer.SerializeToElement(value, type);

    /// <summary>A text that is JSON as the part of a message.</summary>
    public static JsonElement ParseJson(string json)
    {
        using var document = JsonDocument.Parse(json);
        return document.RootElement.Clone();
    }

    public void WriteResult(JsonElement id, JsonElement result) => Write(json =>
    {
        json.WritePropertyName("id");
        id.WriteTo(json);
        json.WritePropertyName("result");
        result.WriteTo(json);
    });

    public void WriteError(JsonElement id, LspException error) => Write(json =>
    {
        json.WritePropertyName("id");
        id.WriteTo(json);
        json.WriteStartObject("error");
        json.WriteNumber("code", error.Code);
        json.WriteString("message", error.Message);
        json.WriteEndObject();
    });

    public void WriteNotification(string method, JsonElement parameters) => Write(json =>
    {
        json.WriteString("method", method);
        json.WritePropertyName("params");
        parameters.WriteTo(json);
    });

    private void Write(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            write(json);
            json.WriteEndObject();
        }

        output.Write($"Content-Length: {bytes.Length}\r\n\r\n{Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length)}");
        output.Flush();
    }
}
