using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>The key that expressions give of the current item.</summary>
internal sealed class RowKey(StageRows rows, RowExpression[] parts) : IKeyParts
{
    public int Count => parts.Length;

    public Cell CellOf(int part) => parts[part].Read(rows);

    public Value ValueOf(int part) => ListValue.Keep(parts[part].Evaluate(rows));

    public Value[] Values() => [.. parts.Select((_, i) => ValueOf(i))];
}
