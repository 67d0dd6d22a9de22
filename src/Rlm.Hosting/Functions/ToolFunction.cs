using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.Extensions.AI;

namespace Rlm.Hosting.Functions;

/// <summary>A tool of programs as a function that models call themselves.</summary>
internal sealed class ToolFunction(RlmTool tool) : AIFunction
{
    private readonly JsonElement _schema = SchemaOf(tool);

    public override string Name => tool.Name;

    public override string Description => tool.Description;

    public override JsonElement JsonSchema => _schema;

    public override JsonElement? ReturnJsonSchema { get; } = JsonElement.Parse(NotationSchema.Of(tool.ResultType).ToJsonString());

    protected override async ValueTask<object?> InvokeCoreAsync(AIFunctionArguments arguments, CancellationToken cancellationToken)
    {
        foreach (string name in arguments.Keys)
        {
            if (tool.Parameters.All(parameter => parameter.Name != name))
                throw new ArgumentException($"The tool `{tool.Name}` has no parameter `{name}`.", nameof(arguments));
        }

        var values = new JsonElement?[tool.Parameters.Count];
        for (int i = 0; i < values.Length; i++)
        {
            var parameter = tool.Parameters[i];
            values[i] = arguments.TryGetValue(parameter.Name, out object? given) ? JsonValues.Of(given) : null;
            if (values[i] is null && !parameter.IsOptional && !parameter.Type.EndsWith('?'))
                throw new ArgumentException($"The tool `{tool.Name}` is called without its `{parameter.Name}`.", nameof(arguments));
        }

        return await tool.InvokeAsync(values, cancellationToken).ConfigureAwait(false);
    }

    private static JsonElement SchemaOf(RlmTool tool)
    {
        var properties = new JsonObject();
        foreach (var parameter in tool.Parameters)
        {
            var schema = NotationSchema.Of(parameter.Type);
            if (parameter.Description is { } description)
                schema["description"] = description;
            properties[parameter.Name] = schema;
        }

        return JsonElement.Parse(new JsonObject
        {
            ["type"] = "object",
            ["properties"] = properties,
            ["required"] = new JsonArray(
                [.. tool.Parameters.Where(parameter => !parameter.IsOptional).Select(parameter => (JsonNode?)parameter.Name)]),
            ["additionalProperties"] = false,
        }.ToJsonString());
    }
}
