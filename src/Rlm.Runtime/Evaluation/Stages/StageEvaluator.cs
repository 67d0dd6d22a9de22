using Rlm.Dsl.Binding;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>Evaluates free stages and pipelines, lifting operators over lists.</summary>
internal static class StageEvaluator
{
    public static Value Evaluate(BoundPipeline pipeline, Scope? scope, EvaluationContext evaluation)
    {
        var value = ExpressionEvaluator.Evaluate(pipeline.Source, scope, evaluation);
        foreach (var stage in pipeline.Stages)
        {
            // What an item lacks is not a list without items: `[trim(x) for x in split(cell, ";")]` of an empty cell is none.
            if (scope is not null && value is NoneValue)
                return value;
            value = Evaluate(value, stage, scope, evaluation);
        }

        return value;
    }

    public static Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var evaluator = OperatorOf(stage, evaluation);

        // What a value is may be known only now; an operator of texts is lifted over a list that turns up all the same.
        return input is ListValue list && (stage.IsLifted || stage.Operator.Input == OperatorInput.Text)
            ? LiftOverList(list, evaluator, stage, scope, evaluation)
            : EvaluateOne(input, evaluator, stage, scope, evaluation);
    }

    /// <summary>The evaluator of the stage's operator.</summary>
    public static IOperator OperatorOf(
        BoundStage stage, EvaluationContext evaluation) => evaluation.Operators.GetValueOrDefault(stage.Operator.Name)
        ?? throw new EvaluationException(stage.Span, $"`{stage.Operator.Name}` is not evaluated in this version");

    private static ListValue LiftOverList(ListValue list, IOperator evaluator, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var items = StageItems.Of(list, stage, evaluation);
        if (evaluator is TextOperator text)
        {
            var prepared = text.Prepare(stage, scope, evaluation);
            // Reading a list again would count again what it counts, where its items are more than parts of a text.
            if (!list.IsStreamed || list.Rows.HasTexts)
                prepared.Texts = list.Items.Where(item => !Reading.IsNone(item)).Select(item => TextInput.Of(TextOf(item, stage)));
            return ListValue.OfRows(
                new RowSource(() => new LiftedRows(
                    items, item => Reading.IsNone(item) ? ListValue.Empty.Rows.Open() : prepared.Open(TextInput.Of(TextOf(item, stage)))))
                {
                    Shape = prepared.Shape,
                    IsWhole = prepared.IsWhole,
                    KindOf = prepared.KindOf,
                },
                () => items.Sum(item => Reading.IsNone(item) ? 0 : prepared.Count(TextInput.Of(TextOf(item, stage)))));
        }

        return ListValue.OfRows(
            new RowSource(() => new LiftedRows(items, item => RowsOf(EvaluateOne(item, evaluator, stage, scope, evaluation)))),
            () => items.Sum(item =>
                EvaluateOne(item, evaluator, stage, scope, evaluation) is ListValue parts ? parts.Count() ?? parts.Items.LongCount() : 1));
    }

    private static RowReader RowsOf(Value result) => result is ListValue parts ? parts.Rows.Open() : new OneRow(result);

    private static Value EvaluateOne(
        Value input, IOperator evaluator, BoundStage stage, Scope? scope, EvaluationContext evaluation) => stage.Operator.Input switch
        {
            OperatorInput.Text when Reading.IsNone(input) => input,
            OperatorInput.Text => evaluator.Evaluate(TextOf(input, stage), stage, scope, evaluation),
            OperatorInput.TextOrList when Reading.IsNone(input) => input,
            OperatorInput.TextOrList when input is not ListValue => evaluator.Evaluate(TextOf(input, stage), stage, scope, evaluation),
            _ => evaluator.Evaluate(input, stage, scope, evaluation),
        };

    private static TextValue TextOf(Value input, BoundStage stage) => Reading.AsText(input) ?? throw TextInput.Refuse(input, stage);
}
