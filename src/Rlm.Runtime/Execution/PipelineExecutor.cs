using Rlm.Dsl.Binding;
using Rlm.Dsl.Text;
using Rlm.Runtime.Asking;
using Rlm.Runtime.Models;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>Runs the pipeline of a statement: free stages at once and streamed, paid stages with their calls awaited.</summary>
internal sealed class PipelineExecutor(RunContext run, SubModels models, SourceText source)
{
    private const int MaxStageChars = 60;

    /// <summary>The program that the pipelines stand in.</summary>
    public SourceText Source => source;

    /// <summary>The same program in another run.</summary>
    public PipelineExecutor For(RunContext other, SubModels otherModels) => new(other, otherModels, source);

    public async Task<Value> EvaluateAsync(BoundPipeline pipeline, Evaluation evaluation)
    {
        var value = ExpressionEvaluator.Evaluate(pipeline.Source, null, evaluation);
        var stages = StageOrder.Cheapest(pipeline.Stages);
        for (int i = 0; i < stages.Count; i++)
        {
            var stage = stages[i];
            if (!stage.Operator.IsPaid)
            {
                value = StageEvaluator.Evaluate(value, stage, null, evaluation);
                continue;
            }

            var paid = PaidOf(stage, i + 1 < stages.Count ? stages[i + 1] : null, evaluation);
            var evaluator = PaidOperatorTable.Find(stage.Operator.Name);
            if (run.Consent is { } consent)
            {
                value = ListValue.Settled(value);
                await consent.AskAsync(stage, paid.SpendingOf(evaluator.PlanOf(value, paid)), evaluation.CancellationToken).ConfigureAwait(false);
            }

            value = await evaluator.EvaluateAsync(value, paid).ConfigureAwait(false);
        }

        return value;
    }

    /// <summary>A paid stage over this evaluation.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="next">The stage behind it; null for none.</param>
    /// <param name="evaluation">The evaluation.</param>
    public PaidStage PaidOf(BoundStage stage, BoundStage? next, Evaluation evaluation) => new(stage, Shown(stage), run, models.Find(stage), evaluation)
    {
        Wanted = next is null ? null : WantedBy(next, evaluation),
    };

    /// <summary>How many items a stage takes from the start of its list; null for all.</summary>
    private static int? WantedBy(BoundStage stage, Evaluation evaluation) =>
        stage.Operator.Name == "first" ? StageAmounts.Find(stage, "count", null, evaluation) ?? 1 : null;

    private string Shown(BoundStage stage)
    {
        string text = source.TextAt(stage.Span).ReplaceLineEndings(" ");
        return text.Length > MaxStageChars ? $"{text[..MaxStageChars]}…" : text;
    }
}
