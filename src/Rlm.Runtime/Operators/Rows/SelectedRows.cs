using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>The rows of a <c>select</c>, or of a <c>map</c> to records, of which those fields are computed that count something or are asked for.</summary>
internal sealed class SelectedRows(StageRows rows, RecordShape shape, RowExpression[] columns) : RowReader
{
    /// <summary>The rows; null where each has to be made, as it may stand apart, or a tool may do more than compute.</summary>
    public static RowSource? SourceOf(
        Value input, BoundStage stage, IReadOnlyList<BoundBinding> columns, Scope? scope, EvaluationContext evaluation)
    {
        if (!StageRows.CanBeLeft(input, stage, columns.Select(column => column.Value)))
            return null;

        var shape = new RecordShape([.. columns.Select(column => column.Name)]);
        return new RowSource(() =>
        {
            var rows = StageRows.Open(input, stage, scope, evaluation);
            return new SelectedRows(rows, shape, [.. columns.Select(column => rows.Expression(column.Value))]);
        })
        {
            Shape = shape,
            IsWhole = true,
        };
    }

    public override Cell CellAt(int field) => columns[field].Read(rows);

    public override Value ValueAt(int field) => ListValue.Keep(columns[field].Evaluate(rows));

    public override void Dispose() => rows.Dispose();

    protected override bool Advance() => rows.MoveNext(columns);

    protected override Value MakeItem()
    {
        var fields = new Value[columns.Length];
        for (int i = 0; i < fields.Length; i++)
            fields[i] = ValueAt(i);
        return new RecordValue(shape, fields, Provenance.OriginOf(rows.Reader.Item));
    }
}
