namespace Rlm.Runtime.Values.Rows;

/// <summary>A key whose values are at hand.</summary>
internal sealed class KeyValues(Value[] values) : IKeyParts
{
    public Cell CellOf(int part) => Cell.Of(values[part]);

    public Value ValueOf(int part) => values[part];
}
