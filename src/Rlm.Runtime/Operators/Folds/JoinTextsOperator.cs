using System.Text;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Folds;

/// <summary><c>join SEPARATOR</c>: the items as one text. None and what failed are left out, and said to be.</summary>
internal sealed class JoinTextsOperator : IOperator
{
    public string Name => "join";

    public PlannedValue Bound(PlannedStage stage) =>
        stage.Single(stage.Input.MaxTokens + (stage.Input.MaxItems * stage.SizeOf(Slots.Separator)));

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        string separator =
            ValueRenderer.InTemplate(ListValue.Keep(ExpressionEvaluator.Evaluate(stage.Get(Slots.Separator), scope, evaluation)));
        var text = new StringBuilder();
        List<TextSlice>? cited = null;
        long total = 0;
        long none = 0;
        long failed = 0;
        foreach (var item in StageItems.Of(input, stage, evaluation))
        {
            total++;
            if (Reading.IsNone(item))
            {
                none += item is NoneValue ? 1 : 0;
                failed += item is FailedValue ? 1 : 0;
                continue;
            }

            if (total - none - failed > 1)
                text.Append(separator);
            text.Append(ValueRenderer.InTemplate(item));
            Provenance.AddCited(item, ref cited);
        }

        evaluation.Tallies.AddLeftOut(stage, Name, total, none, 0, failed);
        return Provenance.Cite(new TextValue(text.ToString()), cited);
    }
}
