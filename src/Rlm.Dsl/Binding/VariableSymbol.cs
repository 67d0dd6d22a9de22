using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

/// <summary>A variable: one that the host gives, or a <c>let</c>. Two lets of one name are two symbols.</summary>
internal sealed class VariableSymbol(string name, RlmType type, BoundPipeline? definition)
{
    public string Name { get; } = name;

    public RlmType Type { get; } = type;

    /// <summary>How the value is made; null for a variable that the host gives.</summary>
    public BoundPipeline? Definition { get; } = definition;
}
