using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Rows;

/// <summary>What a field holds where there was no row: the value behind <c>with</c>, else 0 of a count, else none.</summary>
internal sealed class EmptyFields(BoundStage stage, Scope? scope, EvaluationContext evaluation)
{
    private static readonly NumberValue Zero = new(0m);

    private readonly Value? _given = stage.Find(Slots.With) is { } given
        ? ListValue.Keep(ExpressionEvaluator.Evaluate(given, scope, evaluation))
        : null;

    public Value Of(string field) => _given
        ?? ((stage.Input.ItemType?.Required as RecordType)?.Find(field)?.IsCount == true ? Zero : NoneValue.Instance);
}
