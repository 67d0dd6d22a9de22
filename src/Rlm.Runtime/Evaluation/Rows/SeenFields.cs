using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>The fields of an item that an expression sees.</summary>
internal static class SeenFields
{
    /// <summary>They, as the shape of a row; null where it sees more of the item, or about all of it.</summary>
    /// <param name="expression">The expression.</param>
    /// <param name="shape">The shape of the items; null where they have none.</param>
    public static RecordShape? Of(BoundExpression expression, RecordShape? shape)
    {
        var names = new SortedSet<string>(StringComparer.Ordinal);
        return shape is not null && TryAdd(expression, names) && names.Count < shape.Names.Count && names.All(name => shape.Names.Contains(name))
            ? new RecordShape([.. names])
            : null;
    }

    private static bool TryAdd(BoundExpression expression, SortedSet<string> names)
    {
        switch (expression)
        {
            case BoundField { Target: BoundItem { Depth: 0 }, Name: var name }:
                names.Add(name);
                return true;
            case BoundLiteral or BoundVariable:
                return true;
            case BoundTemplate or BoundUnary or BoundBinary or BoundConditional or BoundCall { Function.IsTool: false } or BoundList or BoundPattern:
                return BoundTree.Children(expression).All(child => TryAdd(child, names));
            default:
                return false;
        }
    }
}
