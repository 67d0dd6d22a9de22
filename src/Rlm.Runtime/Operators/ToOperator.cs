using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

internal sealed class ToOperator : IOperator
{
    private static readonly Dictionary<string, Action<Utf8Writer, Value, RlmType>> Formats = new(StringComparer.Ordinal)
    {
        ["table"] = static (text, value, type) => MarkdownTable.Write(text, value, type),
        ["bullets"] = static (text, value, _) => ValueRenderer.WriteBullets(text, ValueRenderer.ItemsOf(value)),
        ["csv"] = static (text, value, type) => CsvTable.Write(text, value, type),
        ["json"] = static (text, value, _) => JsonText.Write(text, value),
        ["jsonl"] = static (text, value, _) => JsonText.WriteLines(text, value),
    };

    public string Name => "to";

    public PlannedValue Bound(PlannedStage stage) => stage.Unbounded;

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation) =>
        new TextValue(Utf8Writer.TextOf(text => Formats[stage.Get(Slots.Format)](text, input, stage.Input)));
}
