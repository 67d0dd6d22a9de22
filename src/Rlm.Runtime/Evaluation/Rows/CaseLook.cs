using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>A condition over values that is looked at beside its evaluation, of which nobody hears.</summary>
internal sealed class CaseLook
{
    private readonly BoundExpression _condition;
    private readonly BoundBinary[] _comparisons;
    private readonly EvaluationContext _quiet;

    private CaseLook(BoundExpression condition, BoundBinary[] comparisons, EvaluationContext quiet) =>
        (_condition, _comparisons, _quiet) = (condition, comparisons, quiet);

    /// <summary>The look; null where there is no comparison of a field or item to look at, or evaluating it again would do something.</summary>
    public static CaseLook? Of(BoundExpression condition, EvaluationContext evaluation)
    {
        BoundBinary[] comparisons = [.. ComparisonsOf(condition).Where(static test => test.Left.FieldName is not null || test.Left is BoundItem { Depth: 0 })];
        return comparisons.Length == 0 || BoundTree.Descendants(condition).Any(static inner => inner is BoundNested or BoundCall { Function.IsTool: true })
            ? null
            : new CaseLook(condition, comparisons, evaluation.WithoutNotes());
    }

    /// <summary>Tells a note what the condition and its comparisons say of an item.</summary>
    public void Look(Scope item, CaseNote note)
    {
        note.Add(ExpressionEvaluator.IsTrue(_condition, item, _quiet));
        foreach (var test in _comparisons)
        {
            if (note.MissOf(test) is { IsOpen: true } miss && ExpressionEvaluator.Truth(ExpressionEvaluator.Evaluate(test, item, _quiet)) is { } holds)
                miss.Add(ExpressionEvaluator.Evaluate(test.Left, item, _quiet), holds == miss.IsPositive);
        }
    }

    private static IEnumerable<BoundBinary> ComparisonsOf(BoundExpression condition) => condition switch
    {
        BoundUnary { Operator: UnaryOperator.Not } not => ComparisonsOf(not.Operand),
        BoundBinary { Operator: BinaryOperator.And or BinaryOperator.Or } both => ComparisonsOf(both.Left).Concat(ComparisonsOf(both.Right)),
        BoundBinary test => [test],
        _ => [],
    };
}
