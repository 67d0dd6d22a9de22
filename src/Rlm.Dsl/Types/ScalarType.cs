namespace Rlm.Dsl.Types;

/// <summary>A type without parts.</summary>
internal sealed record ScalarType(string Name) : RlmType
{
    /// <summary>Whether its values are texts that read so, as the cells of a table: what a later one reads as is not known.</summary>
    public bool IsCell { get; init; }

    public override string ToString() => Name;
}
