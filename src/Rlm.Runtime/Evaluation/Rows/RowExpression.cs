using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>
/// An expression over a stage's items, made ready once: it reads cells where it can, and is evaluated over the item's value where not.
/// </summary>
internal abstract class RowExpression
{
    /// <summary>Whether reading it counts nothing, so that it may be left out where nobody asks for it.</summary>
    public virtual bool IsQuiet => true;

    /// <summary>What it is at the current item.</summary>
    public abstract Cell Read(StageRows rows);

    /// <summary>The same as far as it is at hand: nothing is evaluated, so that nothing is counted twice where it is not.</summary>
    protected virtual bool TryRead(StageRows rows, out Cell cell)
    {
        cell = default;
        return false;
    }

    /// <summary>The same as a value.</summary>
    public abstract Value Evaluate(StageRows rows);

    public static RowExpression Of(BoundExpression? expression, RowSource source, EvaluationContext evaluation) => expression switch
    {
        null or BoundItem { Depth: 0 } => new Item(),
        BoundField { Target: BoundItem { Depth: 0 }, Name: var name } => OfField(name, source),
        BoundOpenField { Target: BoundItem { Depth: 0 }, Name: var name } => FieldOf(source, name, new Other(expression, source)),
        BoundLiteral or BoundVariable => new Constant(ExpressionEvaluator.Evaluate(expression, null, evaluation)),
        BoundCall call when CellFunctions.Find(call) is { } function =>
            new Called(function, Of(call.Arguments[0], source, evaluation), new Other(call, source)),
        BoundBinary { Operator: >= BinaryOperator.Add and <= BinaryOperator.Remainder } computed => new Computed(
            computed.Operator, Of(computed.Left, source, evaluation), Of(computed.Right, source, evaluation), new Other(computed, source)),
        _ => new Other(expression, source),
    };

    /// <summary>Something that is there of every item.</summary>
    public static RowExpression OfTrue() => new Constant(BoolValue.True);

    /// <summary>The item, or the text that stands for it.</summary>
    public static RowExpression OfScalars() => new Scalar();

    /// <summary>A field; none of an item that has none of that name.</summary>
    public static RowExpression OfField(string name, RowSource source) => FieldOf(source, name, new Member(name));

    private static RowExpression FieldOf(RowSource source, string name, RowExpression otherwise) =>
        source.Shape?.IndexOf(name) is >= 0 and var index ? new Column(index, otherwise) : otherwise;

    private sealed class Item : RowExpression
    {
        public override Cell Read(StageRows rows) => rows.Reader.Cell;

        public override Value Evaluate(StageRows rows) => rows.Reader.Item;

        protected override bool TryRead(StageRows rows, out Cell cell)
        {
            cell = rows.Reader.Cell;
            return true;
        }
    }

    private sealed class Scalar : RowExpression
    {
        public override Cell Read(StageRows rows) =>
            rows.Reader.Cell is { Kind: not CellKind.Value } cell ? cell : Cell.Of(Evaluate(rows));

        public override Value Evaluate(StageRows rows) =>
            rows.Reader.Item is RecordValue row ? Reading.AsText(row) ?? (Value)row : rows.Reader.Item;
    }

    /// <summary>A field of the source's shape, read otherwise of an item that has none such at hand.</summary>
    private sealed class Column(int index, RowExpression otherwise) : RowExpression
    {
        public override bool IsQuiet => otherwise.IsQuiet;

        // As statements: what a condition gives would be copied once more.
        public override Cell Read(StageRows rows)
        {
            if (rows.Reader.Has(index))
                return rows.Reader.CellAt(index);
            return otherwise.Read(rows);
        }

        public override Value Evaluate(StageRows rows) => rows.Reader.Has(index) ? rows.Reader.ValueAt(index) : otherwise.Evaluate(rows);

        protected override bool TryRead(StageRows rows, out Cell cell)
        {
            bool hasCell = rows.Reader.Has(index);
            cell = hasCell ? rows.Reader.CellAt(index) : default;
            return hasCell;
        }
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

        protected override bool TryRead(StageRows rows, out Cell cell)
        {
            cell = Read(rows);
            return true;
        }
    }

    /// <summary>A function that reads a cell, or is evaluated where it cannot.</summary>
    private sealed class Called(CellFunctions.Function function, RowExpression argument, RowExpression call) : RowExpression
    {
        public override bool IsQuiet => false;

        public override Cell Read(StageRows rows) => TryRead(rows, out var cell) ? cell : call.Read(rows);

        public override Value Evaluate(StageRows rows) => Compute(rows) is { } number ? new NumberValue(number) : call.Evaluate(rows);

        protected override bool TryRead(StageRows rows, out Cell cell)
        {
            var number = Compute(rows);
            cell = number is { IsExact: true, InDecimal: var exact } ? Cell.OfNumber(exact) : default;
            return number is { IsExact: true };
        }

        // What was taken for granted is told by the function itself.
        private Number? Compute(StageRows rows) =>
            argument.TryRead(rows, out var cell) && function(cell) is { } number && cell.Column?.Guess is null ? number : null;
    }

    /// <summary>Arithmetic with numbers that decimal holds, or evaluated where it is of anything else.</summary>
    private sealed class Computed(BinaryOperator operation, RowExpression left, RowExpression right, RowExpression otherwise) : RowExpression
    {
        public override bool IsQuiet => false;

        public override Cell Read(StageRows rows) => TryRead(rows, out var cell) ? cell : otherwise.Read(rows);

        public override Value Evaluate(StageRows rows) => TryRead(rows, out var cell) ? cell.ToValue() : otherwise.Evaluate(rows);

        protected override bool TryRead(StageRows rows, out Cell cell)
        {
            decimal? computed = left.TryRead(rows, out var first) && right.TryRead(rows, out var second)
                && NumberOf(first) is { } one && NumberOf(second) is { } other
                ? Arithmetic.ComputeExactly(operation, one, other)
                : null;
            cell = computed is { } number ? Cell.OfNumber(number) : default;
            return computed is not null;
        }

        /// <summary>The number that a cell is, or reads as without a guess.</summary>
        private static decimal? NumberOf(in Cell cell) => cell.Kind == CellKind.Number ? cell.Number
            : cell.Kind == CellKind.Text && cell.AsNumber() is { IsExact: true, InDecimal: var number } && cell.Column?.Guess is null ? number
            : null;
    }

    /// <summary>
    /// Any other expression, evaluated once where it sees no item, and once for an item otherwise: what it could not read is counted.
    /// </summary>
    /// <remarks>Where it sees a few fields of the item alone, no more of that is made.</remarks>
    private sealed class Other(BoundExpression expression, RowSource source) : RowExpression
    {
        private readonly RecordShape? _seen = SeenFields.Of(expression, source.Shape);
        private readonly bool _isInvariant = InvariantSearch.IsInvariant(expression);
        private Value? _value;
        private int _index = -1;

        public override bool IsQuiet => _isInvariant;

        public override Cell Read(StageRows rows) => Cell.Of(Evaluate(rows));

        public override Value Evaluate(StageRows rows)
        {
            if (_value is null || (!_isInvariant && _index != rows.Index))
            {
                _value = ListValue.Keep(ExpressionEvaluator.Evaluate(expression, FindScope(rows), rows.Evaluation));
                _index = rows.Index;
            }

            return _value;
        }

        private Scope FindScope(StageRows rows)
        {
            if (_seen is null)
                return rows.Scope;

            var fields = new Value[_seen.Names.Count];
            for (int i = 0; i < fields.Length; i++)
            {
                int place = source.Shape!.IndexOf(_seen.Names[i]);
                if (!rows.Reader.Has(place))
                    return rows.Scope;
                fields[i] = rows.Reader.ValueAt(place);
            }

            return rows.ScopeOf(new RecordValue(_seen, fields));
        }
    }
}
