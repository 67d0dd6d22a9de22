using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rlm.Cli.JsonRpc;

/// <summary>Writes messages, one at a time whoever writes: each behind a header that says how many bytes it has, or each in a line.</summary>
/// <param name="output">Where to.</param>
/// <param name="hasHeaders">Whether there are headers.</param>
internal sealed class RpcWriter(TextWriter output, bool hasHeaders)
{
    // Line ends are escaped all the same, and nothing of it is shown by a browser.
    private static readonly JsonWriterOptions Options = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Lock _lock = new();

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

    /// <param name="id">That of the request; undefined where nobody knows it and none is written.</param>
    /// <param name="error">What is wrong.</param>
    public void WriteError(JsonElement id, RpcException error) => Write(json =>
    {
        if (id.ValueKind != JsonValueKind.Undefined)
        {
            json.WritePropertyName("id");
            id.WriteTo(json);
        }

        json.WriteStartObject("error");
        json.WriteNumber("code", error.Code);
        json.WriteString("message", error.Message);
        if (error.Details is { } details)
        {
            json.WritePropertyName("data");
            details.WriteTo(json);
        }

        json.WriteEndObject();
    });

    public void WriteNotification(string method, JsonElement parameters) => Write(json => WriteCall(json, method, parameters));

    /// <summary>Asks the other end.</summary>
    public void WriteRequest(string id, string method, JsonElement parameters) => Write(json =>
    {
        json.WriteString("id", id);
        WriteCall(json, method, parameters);
    });

    private static void WriteCall(Utf8JsonWriter json, string method, JsonElement parameters)
    {
        json.WriteString("method", method);
        json.WritePropertyName("params");
        parameters.WriteTo(json);
    }

    private void Write(Action<Utf8JsonWriter> write)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, Options))
        {
            json.WriteStartObject();
            json.WriteString("jsonrpc", "2.0");
            write(json);
            json.WriteEndObject();
        }

        string message = Encoding.UTF8.GetString(bytes.GetBuffer(), 0, (int)bytes.Length);
        lock (_lock)
        {
            output.Write(hasHeaders ? $"Content-Length: {bytes.Length}\r\n\r\n{message}" : $"{message}\n");
            output.Flush();
        }
    }
}
