using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>What a call of a tool is known by: a hash of the tool's name and of the arguments.</summary>
internal static class ToolCallKey
{
    public static string Of(RlmTool tool, IReadOnlyList<JsonElement?> arguments)
    {
        var bytes = new ArrayBufferWriter<byte>();
        Encoding.UTF8.GetBytes(tool.Name, bytes);
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartArray();
            foreach (var argument in arguments)
            {
                if (argument is { } given)
                    given.WriteTo(json);
                else
                    json.WriteNullValue();
            }

            json.WriteEndArray();
        }

        return XxHash128.HashToUInt128(bytes.WrittenSpan).ToString("x32", CultureInfo.InvariantCulture);
    }
}
