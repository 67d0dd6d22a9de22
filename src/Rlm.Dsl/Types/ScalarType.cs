namespace Rlm.Dsl.Types;

/// <summary>A type without parts.</summary>
internal sealed record ScalarType(string Name) : RlmType
{
    public override string ToString() => Name;
}
