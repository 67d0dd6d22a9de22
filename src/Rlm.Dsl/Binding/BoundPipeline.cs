using Rlm.Dsl.Operators;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

internal sealed record BoundPipeline(SourceSpan Span, BoundExpression Source, IReadOnlyList<BoundStage> Stages)
{
    public RlmType Type => Stages.Count == 0 ? Source.Type : Stages[Stages.Count - 1].Output;

    public bool IsPaid => Stages.Any(stage => stage.Operator.IsPaid);
}

/// <summary>A checked stage.</summary>
/// <param name="Span">From the head word to the last argument.</param>
/// <param name="Operator">The operator; a function stage is the operator <c>call</c> with one argument <c>call</c> over the item.</param>
/// <param name="Arguments">The arguments by slot.</param>
/// <param name="Input">The type that comes in.</param>
/// <param name="Output">The type that goes out.</param>
/// <param name="IsLifted">Whether the operator works on each item of the list that comes in.</param>
internal sealed record BoundStage(
    SourceSpan Span,
    OperatorSignature Operator,
    IReadOnlyDictionary<string, BoundArgument> Arguments,
    RlmType Input,
    RlmType Output,
    bool IsLifted)
{
    /// <summary>The head word as it is written.</summary>
    public SourceSpan HeadSpan { get; init; } = Span;

    /// <summary>The variables that hold the labels of the stage's <c>as one of NAME</c>, by name.</summary>
    public IReadOnlyList<VariableSymbol> LabelVariables { get; init; } = [];

    /// <summary>Whether the prompt's holes read the item; one that does not gets the item below it.</summary>
    public bool PromptReadsItem { get; init; }

    public bool Has(string slot) => Arguments.ContainsKey(slot);

    public BoundExpression Expression(string slot) => FindExpression(slot)
        ?? throw new InvalidOperationException($"The stage {Operator.Name} has no argument {slot}.");

    public BoundExpression? FindExpression(string slot) => (Find(slot) as BoundExpressionArgument)?.Value;

    public BoundPattern Pattern(string slot) => (BoundPattern)Expression(slot);

    public string? Word(string slot) => (Find(slot) as BoundWordArgument)?.Word;

    public RlmType? TypeArgument(string slot) => (Find(slot) as BoundTypeArgument)?.Type;

    public IReadOnlyList<BoundBinding> Bindings(string slot) => (Find(slot) as BoundBindingsArgument)?.Bindings ?? [];

    public IReadOnlyList<BoundOrder> Orders(string slot) => (Find(slot) as BoundOrdersArgument)?.Orders ?? [];

    private BoundArgument? Find(string slot) => Arguments.TryGetValue(slot, out var argument) ? argument : null;
}

internal abstract record BoundArgument(SourceSpan Span);

internal sealed record BoundExpressionArgument(SourceSpan Span, BoundExpression Value) : BoundArgument(Span);

/// <summary>A unit, a format, a new name, a flag or a model name.</summary>
internal record BoundWordArgument(SourceSpan Span, string Word) : BoundArgument(Span);

/// <summary>The name of a field that the stage reads.</summary>
internal sealed record BoundFieldArgument(SourceSpan Span, string Word) : BoundWordArgument(Span, Word);

internal sealed record BoundTypeArgument(SourceSpan Span, RlmType Type) : BoundArgument(Span);

/// <summary>Keys, bindings, aggregates, columns or field names; every one has a name and a value.</summary>
internal sealed record BoundBindingsArgument(SourceSpan Span, IReadOnlyList<BoundBinding> Bindings) : BoundArgument(Span);

internal sealed record BoundOrdersArgument(SourceSpan Span, IReadOnlyList<BoundOrder> Orders) : BoundArgument(Span);

internal sealed record BoundOrder(SourceSpan Span, BoundExpression Key, bool Descending);
