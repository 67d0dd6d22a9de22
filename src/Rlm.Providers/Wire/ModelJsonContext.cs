using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace Rlm.Providers.Wire;

/// <summary>What is sent to and read from model servers.</summary>
[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.SnakeCaseLower,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(AnthropicWire.Request), TypeInfoPropertyName = "AnthropicRequest")]
[JsonSerializable(typeof(AnthropicWire.Message), TypeInfoPropertyName = "AnthropicMessage")]
[JsonSerializable(typeof(IReadOnlyList<AnthropicWire.Message>), TypeInfoPropertyName = "AnthropicMessages")]
[JsonSerializable(typeof(CatalogWire.Reply), TypeInfoPropertyName = "CatalogReply")]
[JsonSerializable(typeof(string))]
internal sealed partial class ModelJsonContext : JsonSerializerContext
{
    /// <summary>Writes letters of all scripts as they are: the default's escapes would triple a Greek or Japanese prompt.</summary>
    public static ModelJsonContext Wire { get; } = new(new JsonSerializerOptions
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    });
}
