using System.Text.Json;
using Microsoft.Extensions.AI;
using Rlm.Runtime.Answers;

namespace Rlm.Hosting.Functions;

/// <summary>A function as models call it, as a tool of programs.</summary>
internal sealed class FunctionTool : RlmTool
{
    private readonly AIFunction _function;
    private readonly string[] _names;

    /// <exception cref="ArgumentException">Its schema is none of a function.</exception>
    public FunctionTool(AIFunction function)
    {
        Effect = function.GetService<ApprovalRequiredAIFunction>() is null ? RlmToolEffect.Reads : RlmToolEffect.Writes;
        _function = function;
        Name = string.Concat(function.Name.Select(c => char.IsAsciiLetterOrDigit(c) ? c : '_'));
        if (Name.Length == 0 || !char.IsAsciiLetter(Name[0]))
            Name = $"f_{Name}";
        Description = function.Description.ReplaceLineEndings(" ");
        var fields = FieldsOf(function);
        _names = [.. fields.Select(field => field.Name)];
        Parameters = [.. fields.Select(field => new RlmToolParameter(field.Name, ShapeText.Of(field.Value), !field.IsRequired)
        {
            Description = DescriptionOf(function.JsonSchema, field.Name),
        })];
        ResultType = function.ReturnJsonSchema is { } result ? ShapeText.Of(new SchemaReader(result).Read()) : "text?";
    }

    public override string Name { get; }

    public override string Description { get; }

    public override IReadOnlyList<RlmToolParameter> Parameters { get; }

    public override string ResultType { get; }

    public override RlmToolEffect Effect { get; }

    public override async ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken)
    {
        var given = new AIFunctionArguments();
        for (int i = 0; i < arguments.Count; i++)
        {
            if (arguments[i] is { } argument)
                given[_names[i]] = argument;
            else if (!Parameters[i].IsOptional)
                given[_names[i]] = null;
        }

        var result = JsonValues.Of(await _function.InvokeAsync(given, cancellationToken).ConfigureAwait(false));

        // What has no schema, or one that the language has no type for, is read as a text.
        return ResultType is "text" or "text?" && result is { ValueKind: not JsonValueKind.String } json
            ? JsonSerializer.SerializeToElement(json.GetRawText(), AIJsonUtilities.DefaultOptions.GetTypeInfo(typeof(string)))
            : result;
    }

    private static IReadOnlyList<ShapeField> FieldsOf(AIFunction function) => new SchemaReader(function.JsonSchema).Read() switch
    {
        RecordShapeNode record => record.Fields,
        MapShape or AnyShape => [],
        _ => throw new ArgumentException($"The schema of `{function.Name}` is not that of parameters.", nameof(function)),
    };

    private static string? DescriptionOf(JsonElement schema, string name) =>
        schema.TryGetProperty("properties", out var properties) && properties.TryGetProperty(name, out var property)
        && property.ValueKind == JsonValueKind.Object
        && property.TryGetProperty("description", out var description) && description.ValueKind == JsonValueKind.String
            ? description.GetString()!.ReplaceLineEndings(" ")
            : null;
}
