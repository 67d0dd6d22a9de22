using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

internal sealed record BoundPipeline(SourceSpan Span, BoundExpression Source, IReadOnlyList<BoundStage> Stages)
{
    /// <summary>Whether its last stage was not bound, so that nobody knows what it gives.</summary>
    public bool IsBroken { get; init; }

    public RlmType Type => IsBroken ? RlmType.Unknown : Stages.Count == 0 ? Source.Type : Stages[Stages.Count - 1].Output;

    public bool IsPaid => Stages.Any(stage => stage.Operator.IsPaid);
}

/// <summary>A checked stage.</summary>
/// <param name="Span">From the head word to the last argument.</param>
/// <param name="Operator">The operator; a function stage is the operator <c>call</c> with one argument <c>value</c> over the item.</param>
/// <param name="Arguments">What fills its slots, each once.</param>
/// <param name="Input">The type that comes in.</param>
/// <param name="Output">The type that goes out.</param>
/// <param name="IsLifted">Whether the operator works on each item of the list that comes in.</param>
internal sealed record BoundStage(
    SourceSpan Span,
    OperatorSignature Operator,
    IReadOnlyList<BoundArgument> Arguments,
    RlmType Input,
    RlmType Output,
    bool IsLifted) : StageTyping(Span, Operator, Arguments, Input)
{
    /// <summary>The head word as it is written.</summary>
    public SourceSpan HeadSpan { get; init; } = Span;

    /// <summary>The variables that hold the labels of the stage's <c>as one of NAME</c>, by name.</summary>
    public IReadOnlyList<VariableSymbol> LabelVariables { get; init; } = [];

    /// <summary>Whether the prompt's holes read the item; one that does not gets the item below it.</summary>
    public bool PromptReadsItem { get; init; }

    /// <summary>Whether it asks roots of its own, one level deeper, and not a model.</summary>
    public bool AsksRoots => Operator.Is(OperatorTraits.AsksRoot) || Find(Slots.Call) == OperatorCatalog.RootCall;
}
