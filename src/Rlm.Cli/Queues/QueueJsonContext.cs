using System.Text.Json.Serialization;

namespace Rlm.Cli.Queues;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true)]
[JsonSerializable(typeof(ScanRequest))]
[JsonSerializable(typeof(QueueReport), GenerationMode = JsonSourceGenerationMode.Serialization)]
internal sealed partial class QueueJsonContext : JsonSerializerContext;
