namespace Rlm.Runtime.Values.Rows;

/// <summary>Finds keys by cells, so that a value is made of a key's first cell only.</summary>
internal sealed class ValueKeyComparer : IEqualityComparer<ValueKey>, IAlternateEqualityComparer<Cell, ValueKey>
{
    public static ValueKeyComparer Instance { get; } = new();

    public bool Equals(ValueKey x, ValueKey y) => x.Equals(y);

    public int GetHashCode(ValueKey obj) => obj.GetHashCode();

    public bool Equals(Cell alternate, ValueKey other) => alternate.IsKey(other);

    public int GetHashCode(Cell alternate) => alternate.KeyHash();

    public ValueKey Create(Cell alternate) => new(alternate.ToValue());
}
