using System.Text.Json;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>Where a field's value stands in its line, a text without its quotes; of no type where the line has no such field.</summary>
internal readonly record struct JsonToken(JsonTokenType Type, int Start, int Length)
{
    public static JsonToken Of(in Utf8JsonReader reader) => new(
        reader.TokenType,
        (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0),
        reader.ValueSpan.Length);
}
