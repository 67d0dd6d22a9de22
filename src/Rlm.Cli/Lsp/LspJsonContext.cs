using System.Text.Json.Serialization;

namespace Rlm.Cli.Lsp;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(LspParams), GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(LspPublished), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(LspHover), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(IReadOnlyList<LspCompletion>), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(IReadOnlyList<LspAction>), GenerationMode = JsonSourceGenerationMode.Serialization)]
[JsonSerializable(typeof(IReadOnlyList<LspEdit>), GenerationMode = JsonSourceGenerationMode.Serialization)]
internal sealed partial class LspJsonContext : JsonSerializerContext;
