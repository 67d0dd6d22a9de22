using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Models.Calls;

namespace Rlm.Runtime.Asking;

/// <summary>The paid stages of a program, as a run asks them.</summary>
internal sealed class PaidStages(RunContext run, SubModels models, SourceText source)
{
    private const int MaxStageChars = 60;

    /// <summary>A paid stage over this evaluation.</summary>
    /// <param name="stage">The stage.</param>
    /// <param name="evaluation">The evaluation.</param>
    /// <param name="wanted">The first few items that are wanted of it; null for all.</param>
    public PaidStage Of(BoundStage stage, EvaluationContext evaluation, FirstItems? wanted) =>
        run.Options.SampleItems is { } items && stage.Operator.Input != OperatorInput.Any
            ? Of(stage, evaluation, null, new StageSample(items))
            : Of(stage, evaluation, wanted, null);

    /// <summary>The same stage as it is about all items.</summary>
    public PaidStage OfAll(PaidStage stage) => Of(stage.Bound, stage.Evaluation, null, null);

    private PaidStage Of(BoundStage stage, EvaluationContext evaluation, FirstItems? wanted, StageSample? sample) =>
        new(stage, TextOf(source, stage.Span), run, models.ListAll(stage), evaluation)
        {
            Wanted = wanted,
            Children = models.Children,
            RootPromptTokens = stage.AsksRoots ? models.RootPromptTokens : 0,
            Sample = sample,
        };

    /// <summary>What a stage is called where it is told of: it as written, cut to one line.</summary>
    public static string TextOf(SourceText source, SourceSpan span)
    {
        string text = source.TextAt(span).ReplaceLineEndings(" ");
        return text.Length > MaxStageChars ? $"{text[..MaxStageChars]}…" : text;
    }
}
