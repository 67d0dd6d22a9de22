using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

internal sealed class PairsOperator : IOperator
{
    private static readonly RecordShape Pair = new(["a", "b"]) { HoldsItems = true };

    public string Name => "pairs";

    public PlannedValue Bound(PlannedStage stage) =>
        stage.List(
            stage.Input.MaxItems is { } n ? PlannedAmount.Product(n, Math.Max(0, n - 1)) / 2 : null,
            (stage.Input.MaxItemTokens * 2) + PlannedStage.JoinedTokens);

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var condition = stage.Find(Slots.Condition);
        var pairs = StageItems.Scopes(ListValue.Stream(PairsOf(StageItems.ListOf(input, stage).ReadAll())), stage, scope, evaluation);
        return ListValue.Stream(pairs
            .Where(pair => condition is null || ExpressionEvaluator.IsTrue(condition, pair, evaluation))
            .Select(pair => pair.Item));
    }

    private static IEnumerable<Value> PairsOf(IReadOnlyList<Value> items)
    {
        for (int i = 0; i < items.Count; i++)
        {
            for (int j = i + 1; j < items.Count; j++)
                yield return new RecordValue(Pair, [ListValue.Keep(items[i]), ListValue.Keep(items[j])]);
        }
    }
}
