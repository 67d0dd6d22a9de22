using System.Text.Json;

namespace Rlm.Runtime.Tests.Evaluation;

/// <summary>A tool of one value and an optional unit.</summary>
internal sealed class LambdaTool(
    string name, string resultType, Func<IReadOnlyList<JsonElement?>, CancellationToken, ValueTask<JsonElement?>> invoke) : RlmTool
{
    public override string Name => name;

    public override string Description => "A tool of tests";

    public override IReadOnlyList<RlmToolParameter> Parameters { get; } = [new("value", "text"), new("unit", "text", IsOptional: true)];

    public override string ResultType => resultType;

    public static ValueTask<JsonElement?> Json(string json)
    {
        using var document = JsonDocument.Parse(json);
        return new ValueTask<JsonElement?>(document.RootElement.Clone());
    }

    public override ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken) =>
        invoke(arguments, cancellationToken);
}
