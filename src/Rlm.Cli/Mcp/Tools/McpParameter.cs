using System.Text;
using System.Text.Json;

namespace Rlm.Cli.Mcp.Tools;

/// <summary>An argument of a tool.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Type">Its JSON schema, without a description.</param>
/// <param name="Description">What a model is told of it.</param>
internal sealed record McpParameter(string Name, string Type, string Description)
{
    public const string Text = "\"type\":\"string\"", Texts = "\"type\":\"array\",\"items\":{\"type\":\"string\"}";

    public bool IsRequired { get; init; }

    /// <summary>The JSON schema of arguments.</summary>
    public static string WriteSchema(IReadOnlyList<McpParameter> parameters)
    {
        var schema = new StringBuilder("{\"type\":\"object\",\"properties\":{");
        schema.AppendJoin(',', parameters.Select(static parameter =>
            $"\"{parameter.Name}\":{{{parameter.Type},\"description\":\"{JsonEncodedText.Encode(parameter.Description)}\"}}"));
        schema.Append('}');
        if (parameters.Where(static parameter => parameter.IsRequired).Select(static parameter => $"\"{parameter.Name}\"").ToList() is { Count: > 0 } required)
            schema.Append(",\"required\":[").AppendJoin(',', required).Append(']');
        return schema.Append(",\"additionalProperties\":false}").ToString();
    }
}
