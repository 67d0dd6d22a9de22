namespace Rlm.Dsl.Types;

/// <summary><c>T?</c>: a value of the type, or none.</summary>
internal sealed record OptionalType(RlmType Inner) : RlmType
{
    public override string ToString() => $"{Inner}?";
}
