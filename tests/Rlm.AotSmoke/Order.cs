using System.Text.Json.Serialization;

namespace Rlm.AotSmoke;

/// <summary>A value of the host's own type.</summary>
internal sealed record Order(
    string Id, decimal Price, DateOnly Day, [property: JsonConverter(typeof(JsonStringEnumConverter<Size>))] Size Size);

/// <summary>An enum that is written by name.</summary>
internal enum Size
{
    Small,
    Large,
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase)]
[JsonSerializable(typeof(Order[]))]
internal sealed partial class OrderJson : JsonSerializerContext;
