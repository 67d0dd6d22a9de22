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

            var paid = new PaidStage(stage, Shown(stage), run, models.Find(stage), evaluation)
            {
                Wanted = i + 1 < stages.Count ? WantedBy(stages[i + 1], evaluation) : null,
            };
            value = await PaidOperatorTable.Find(stage.Operator.Name).EvaluateAsync(value, paid).ConfigureAwait(false);
        }

        return value;
    }

    /// <summary>How many items a stage takes from the start of its list; null for all.</summary>
    private static int? WantedBy(BoundStage stage, Evaluation evaluation) =>
        stage.Operator.Name == "first" ? StageAmounts.Find(stage, "count", null, evaluation) ?? 1 : null;

    private string Shown(BoundStage stage)
    {
        string text = source.TextAt(stage.Span).ReplaceLineEndings(" ");
        return text.Length > MaxStageChars ? $"{text[..MaxStageChars]}…" : text;
    }
}
