using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>Rows with one field more, or another in its place, which is computed where that counts something or where it is asked for.</summary>
internal sealed class ExtendedRows(StageRows rows, RowExpression expression, int place, string name, RowExtender extender) : RowReader
{
    /// <summary>The rows of a list whose rows have a shape.</summary>
    public static RowSource SourceOf(
        ListValue list, BoundStage stage, BoundBinding binding, RowExtender extender, Scope? scope, EvaluationContext evaluation)
    {
        var before = list.Rows;
        var shape = extender.ShapeWith(before.Shape!, binding.Name);
        int place = shape.IndexOf(binding.Name);
        return new RowSource(() =>
        {
            var rows = StageRows.Open(list, stage, scope, evaluation);
            return new ExtendedRows(rows, rows.Expression(binding.Value), place, binding.Name, extender);
        })
        {
            Shape = shape,
            IsWhole = before.IsWhole,
            KindOf = field => field == place ? null : before.KindOf?.Invoke(field),
        };
    }

    public override bool Has(int field) => field == place || rows.Reader.Has(field);

    public override Cell CellAt(int field) => field == place ? expression.Read(rows) : rows.Reader.CellAt(field);

    public override Value ValueAt(int field) => field == place ? ListValue.Keep(expression.Evaluate(rows)) : rows.Reader.ValueAt(field);

    public override void Dispose() => rows.Dispose();

    protected override bool Advance() => rows.MoveNext(expression);

    protected override Value MakeItem() => extender.With(rows.Reader.Item, name, expression.Evaluate(rows));
}
