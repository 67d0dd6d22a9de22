using Rlm.Dsl.Binding;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>
/// An operator that works on one text, and on each text of a list. What its stage says is read once, whatever the number of texts.
/// </summary>
internal abstract class TextOperator : IOperator
{
    public abstract string Name { get; }

    public abstract PlannedValue Bound(PlannedStage stage);

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var text = TextInput.Of(input, stage);
        var prepared = Prepare(stage, scope, evaluation);
        prepared.Texts = [text];
        return prepared.Evaluate(text);
    }

    /// <summary>The stage with its arguments read and its patterns made.</summary>
    /// <exception cref="EvaluationException">An argument is not of use.</exception>
    public abstract TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation);
}
