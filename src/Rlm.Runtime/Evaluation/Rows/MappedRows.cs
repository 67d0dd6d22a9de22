using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>What an expression gives of each item.</summary>
internal sealed class MappedRows(StageRows rows, RowExpression expression) : RowReader
{
    public override Cell Cell => expression.Read(rows);

    public override void Dispose() => rows.Dispose();

    protected override bool Advance() => rows.MoveNext(expression);

    protected override Value MakeItem() => ListValue.Keep(expression.Evaluate(rows));
}
