using Rlm.Dsl.Binding;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>A fold of one value of each item, in all or for each key: <c>sum</c>, <c>average</c>, <c>min</c>, <c>max</c>, <c>median</c>.</summary>
internal sealed class FoldOperator(string name) : IOperator
{
    public string Name => name;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var value = stage.FindExpression("value");
        var items = StageItems.Scopes(input, stage, scope, evaluation);
        if (!stage.Has("by"))
        {
            var fold = Create();
            foreach (var item in items)
                fold.Add(ValueOf(item));
            return fold.Finish(stage, evaluation);
        }

        var groups = new KeyGroups<Fold>(stage, Create);
        foreach (var item in items)
            groups.Of(item, evaluation).Add(ValueOf(item));
        return groups.Rows([Name], fold => [fold.Finish(stage, evaluation)]);

        Fold Create() => Folds.Create(Name, false, null, stage.Span);

        Value ValueOf(Scope item) => value is null ? item.Item : ExpressionEvaluator.Evaluate(value, item, evaluation);
    }
}
