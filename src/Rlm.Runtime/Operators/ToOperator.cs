using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class ToOperator : IOperator
{
    private static readonly Dictionary<string, Func<Value, RlmType, string>> Formats = new(StringComparer.Ordinal)
    {
        ["table"] = ValueRenderer.AsTable,
        ["bullets"] = static (value, _) => ValueRenderer.AsBullets(value),
        ["csv"] = ValueRenderer.AsCsv,
        ["json"] = static (value, _) => ValueRenderer.AsJson(value),
        ["jsonl"] = static (value, _) => ValueRenderer.AsJsonLines(value),
    };

    public string Name => "to";

    public PlannedValue Bound(PlannedStage stage) => stage.Unbounded;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        new TextValue(Formats[stage.Get(Slots.Format)](ListValue.Keep(input), stage.Input));
}
