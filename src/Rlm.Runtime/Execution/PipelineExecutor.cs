using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Asking.Paid;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Planning;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Runs the pipeline of a statement: free stages at once and streamed, paid stages with their calls awaited.</summary>
internal sealed class PipelineExecutor(RunContext run, SubModels models, VariableTable variables, SourceText source)
{
    private readonly PaidStages _paid = new(run, models, source);

    /// <summary>The program that the pipelines stand in.</summary>
    public SourceText Source => source;

    public async Task<Value> EvaluateAsync(BoundPipeline pipeline, EvaluationContext evaluation)
    {
        var start = variables.TakeStart(pipeline);
        if (start is not null)
            evaluation.GoOnFrom(start.Evaluation);
        var value = start?.Value ?? ExpressionEvaluator.Evaluate(pipeline.Source, null, evaluation);
        var stages = StageOrder.Of(pipeline, run.Options);
        for (int i = start?.Stages ?? 0; i < stages.Count; i++)
        {
            var stage = stages[i];
            if (!stage.Operator.IsPaid)
            {
                value = StageEvaluator.Evaluate(value, stage, null, evaluation);
                continue;
            }

            var wanted = !run.Options.RunsAsWritten && FirstItems.FindTaker(stages, i) is { } taker ? FirstItems.Of(stages, i, taker, evaluation) : null;
            var paid = _paid.Of(stage, evaluation, wanted);
            var evaluator = PaidOperatorTable.Find(stage.Operator.Name);
            if (run.Consent is { } consent)
            {
                value = ListValue.Keep(value);
                await consent.AskAsync(stage, new StageSpending(paid, run.Replies).Of(evaluator.PlanOf(value, paid)), evaluation.CancellationToken)
                    .ConfigureAwait(false);
            }

            var estimate = paid.Sample is null ? null : SampleEstimate.Of(value = ListValue.Keep(value), paid, _paid.OfAll(paid), evaluator, run);
            value = await evaluator.EvaluateAsync(value, paid).ConfigureAwait(false);
            estimate?.Tell(ScaleOf(pipeline, stages, i, evaluation));
        }

        return value;
    }

    /// <summary>
    /// How many items stand for one in front of a stage, by what was sampled before it; null where free stages between may give as many of
    /// all items.
    /// </summary>
    private double? ScaleOf(BoundPipeline pipeline, IReadOnlyList<BoundStage> stages, int index, EvaluationContext evaluation)
    {
        var sampled = evaluation.Losses.Concat(variables.LossesOf(BoundTree.Variables([pipeline.Source]))).Where(loss => loss.Kind == RlmLossKind.Sampled).ToArray();
        bool isProportional = sampled.Length == 0
            || (stages.Take(index).All(KeepsShare) && (pipeline.Source as BoundVariable)?.Symbol.Definition?.Stages.All(KeepsShare) != false);
        return isProportional ? sampled.Aggregate(1.0, (scale, loss) => scale * loss.Of!.Value / (loss.Of.Value - loss.Count!.Value)) : null;
    }

    private static bool KeepsShare(BoundStage stage) => stage.IsLifted || stage.Input.ItemType is null || stage.Operator.Is(
        OperatorTraits.Filters | OperatorTraits.GivesOneForEach | OperatorTraits.AddsFields | OperatorTraits.Orders);
}
