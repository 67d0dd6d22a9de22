namespace Rlm.Dsl.Types;

/// <summary>A field of a record.</summary>
internal sealed record FieldType(string Name, RlmType Type)
{
    /// <summary>Whether it holds how many items there are, so that it is 0 where there is no row for it.</summary>
    public bool IsCount { get; init; }

    /// <summary>The fold that gives it, and the field that this is of; null for a field of no fold.</summary>
    public (string Function, string? Of)? Fold { get; init; }

    /// <summary>Fields of one name and type are one, whatever made them.</summary>
    public bool Equals(FieldType? other) => other is not null && Name == other.Name && Type.Equals(other.Type);

    public override int GetHashCode() => Name.GetHashCode();
}
