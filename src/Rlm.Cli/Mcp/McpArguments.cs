using System.Text.Json;

namespace Rlm.Cli.Mcp;

/// <summary>The arguments of a tool, read by name and type.</summary>
internal sealed class McpArguments
{
    private readonly Dictionary<string, JsonElement> _values = new(StringComparer.Ordinal);

    /// <param name="tool">The tool.</param>
    /// <param name="names">The arguments that it has.</param>
    /// <param name="arguments">What was written; undefined for nothing.</param>
    /// <exception cref="ToolException">One of them is not an argument of the tool.</exception>
    public McpArguments(string tool, IReadOnlyList<string> names, JsonElement arguments)
    {
        if (arguments.ValueKind is JsonValueKind.Undefined or JsonValueKind.Null)
            return;
        if (arguments.ValueKind != JsonValueKind.Object)
            throw new ToolException($"the arguments of `{tool}` are an object: {string.Join(", ", names)}");

        foreach (var argument in arguments.EnumerateObject())
        {
            if (!names.Contains(argument.Name))
            {
                string near = NameSuggestion.For(argument.Name, names) is { } name ? $"did you mean `{name}`?" : $"there are {string.Join(", ", names)}";
                throw new ToolException($"`{tool}` has no argument `{Output.PlainText.Cut(argument.Name, 60)}`; {near}");
            }

            if (argument.Value.ValueKind != JsonValueKind.Null)
                _values[argument.Name] = argument.Value;
        }
    }

    /// <exception cref="ToolException">It is not there, or not a text.</exception>
    public string Require(string name, string example) =>
        Find(name) ?? throw new ToolException($"`{name}` is missing: write it as a text, such as {example}");

    /// <summary>A text; null where it is not there.</summary>
    /// <exception cref="ToolException">It is not a text.</exception>
    public string? Find(string name) => _values.TryGetValue(name, out var value) ? TextOf(value, name, "a text") : null;

    /// <summary>A list of texts, or one text that stands for itself; null where it is not there.</summary>
    /// <exception cref="ToolException">It is not a list of texts.</exception>
    public IReadOnlyList<string>? FindList(string name, string example)
    {
        if (!_values.TryGetValue(name, out var value))
            return null;

        string expected = $"a list of texts, such as {example}";
        return value.ValueKind == JsonValueKind.Array ? [.. value.EnumerateArray().Select(item => TextOf(item, name, expected))] : [TextOf(value, name, expected)];
    }

    private static string TextOf(JsonElement value, string name, string expected)
    {
        try
        {
            return value.ValueKind == JsonValueKind.String ? value.GetString()! : throw new ToolException($"`{name}` is {expected}");
        }
        catch (InvalidOperationException)
        {
            throw new ToolException($"`{name}` has half of a character, or bytes that are not UTF-8");
        }
    }
}
