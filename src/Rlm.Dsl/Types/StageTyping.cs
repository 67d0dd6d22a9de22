using Rlm.Dsl.Binding;

namespace Rlm.Dsl.Types;

/// <summary>What an operator's type rule sees: the input's type and the bound arguments.</summary>
/// <param name="Input">The type that comes in; one text for a lifted stage.</param>
/// <param name="Arguments">The arguments by slot.</param>
internal sealed record StageTyping(RlmType Input, IReadOnlyDictionary<string, BoundArgument> Arguments)
{
    /// <summary>The type of the input's items; unknown where the input is no list.</summary>
    public RlmType Item => Input.ItemType ?? RlmType.Unknown;

    public bool Has(string slot) => Arguments.ContainsKey(slot);

    public RlmType? Expression(string slot) => (Find(slot) as BoundExpressionArgument)?.Value.Type;

    public BoundPattern? Pattern(string slot) => (Find(slot) as BoundExpressionArgument)?.Value as BoundPattern;

    public string? Word(string slot) => (Find(slot) as BoundWordArgument)?.Word;

    public RlmType? TypeArgument(string slot) => (Find(slot) as BoundTypeArgument)?.Type;

    public IReadOnlyList<BoundBinding> Bindings(string slot) => (Find(slot) as BoundBindingsArgument)?.Bindings ?? [];

    private BoundArgument? Find(string slot) => Arguments.TryGetValue(slot, out var argument) ? argument : null;
}
