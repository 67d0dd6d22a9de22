using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>
/// An expression over a stage's items, made ready once: it reads cells where it can, and is evaluated over the item's value where not.
/// </summary>
internal abstract class RowExpression
{
    /// <summary>What it is at the current item.</summary>
    public abstract Cell Read(StageRows rows);

    /// <summary>The same as a value.</summary>
    public abstract Value Evaluate(StageRows rows);

    public static RowExpression Of(BoundExpression? expression, RowSource source, EvaluationContext evaluation) => expression switch
    {
        null or BoundItem { Depth: 0 } => new Item(),
        BoundField { Target: BoundItem { Depth: 0 }, Name: var name } => FieldOf(source, name, new Member(name)),
        BoundOpenField { Target: BoundItem { Depth: 0 }, Name: var name } => FieldOf(source, name, new Other(expression)),
        BoundLiteral or BoundVariable => new Constant(ExpressionEvaluator.Evaluate(expression, null, evaluation)),
        BoundCall call when CellFunctions.Find(call) is { } function =>
            new Called(function, Of(call.Arguments[0], source, evaluation), new Other(call)),
        _ => new Other(expression),
    };

    private static RowExpression FieldOf(RowSource source, string name, RowExpression otherwise) =>
        source.Shape?.IndexOf(name) is >= 0 and var index ? new Column(index, otherwise) : otherwise;

    private sealed class Item : RowExpression
    {
        public override Cell Read(StageRows rows) => rows.Reader.Cell;

        public override Value Evaluate(StageRows rows) => rows.Reader.Item;
    }

    /// <summary>A field of the source's shape, read otherwise of an item that has none such at hand.</summary>
    private sealed class Column(int index, RowExpression otherwise) : RowExpression
    {
        public override Cell Read(StageRows rows) => rows.Reader.Has(index) ? rows.Reader.CellAt(index) : otherwise.Read(rows);

        public override Value Evaluate(StageRows rows) => rows.Reader.Has(index) ? rows.Reader.ValueAt(index) : otherwise.Evaluate(rows);
    }

    /// <summary>A field of items that are values.</summary>
    private sealed class Member(string name) : RowExpression
    {
        public override Cell Read(StageRows rows) => Cell.Of(Evaluate(rows));

        public override Value Evaluate(StageRows rows) => FieldAccess.Of(rows.Reader.Item, name);
    }

    private sealed class Constant(Value value) : RowExpression
    {
        private readonly byte[]? _text = (value as TextValue)?.GetKnownBytes();

        public override Cell Read(StageRows rows) => _text is null ? Cell.Of(value) : Cell.OfText(_text);

        public override Value Evaluate(StageRows rows) => value;
    }

    /// <summary>A function that reads a cell, or is evaluated where it cannot.</summary>
    private sealed class Called(CellFunctions.Function function, RowExpression argument, RowExpression call) : RowExpression
    {
        public override Cell Read(StageRows rows) =>
            function(argument.Read(rows)) is { IsExact: true, InDecimal: var number } ? Cell.OfNumber(number) : call.Read(rows);

        public override Value Evaluate(StageRows rows) =>
            function(argument.Read(rows)) is { } number ? new NumberValue(number) : call.Evaluate(rows);
    }

    /// <summary>
    /// Any other expression, evaluated once where it sees no item, and once for an item otherwise: what it could not read is counted.
    /// </summary>
    private sealed class Other(BoundExpression expression) : RowExpression
    {
        private readonly bool _isInvariant = InvariantSearch.IsInvariant(expression);
        private Value? _value;
        private int _index = -1;

        public override Cell Read(StageRows rows) => Cell.Of(Evaluate(rows));

        public override Value Evaluate(StageRows rows)
        {
            if (_value is null || (!_isInvariant && _index != rows.Index))
            {
                _value = ListValue.Keep(ExpressionEvaluator.Evaluate(expression, rows.Scope, rows.Evaluation));
                _index = rows.Index;
            }

            return _value;
        }
    }
}
