using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators;

/// <summary>A stage as its operator's rules see it: what comes in, and what fills its slots.</summary>
/// <param name="Span">From the head word to the last argument.</param>
/// <param name="Operator">The operator; a function stage is the operator <c>call</c> with one argument <c>value</c> over the item.</param>
/// <param name="Arguments">What fills its slots, each once.</param>
/// <param name="Input">The type that comes in; for the type rule of a lifted stage, one of its texts.</param>
internal record StageTyping(SourceSpan Span, OperatorSignature Operator, IReadOnlyList<BoundArgument> Arguments, RlmType Input)
{
    /// <summary>The type of the input's items; unknown where the input is not a list.</summary>
    public RlmType Item => Input.ItemType ?? RlmType.Unknown;

    public bool Has(Slot slot) => FindArgument(slot) is not null;

    /// <summary>What fills the slot; null where nothing does, or nothing that could be bound.</summary>
    public T? Find<T>(Slot<T> slot)
        where T : class => FindArgument(slot)?.Value as T;

    /// <summary>What fills a slot that is never empty.</summary>
    public T Get<T>(Slot<T> slot)
        where T : class => Find(slot) ?? throw new InvalidOperationException($"The stage {Operator.Name} has no argument {slot}.");

    /// <summary>What fills the slot, with its place.</summary>
    public BoundArgument? FindArgument(Slot slot)
    {
        // Evaluators ask for each row, and the enumerator of a list is an object.
        for (int i = 0; i < Arguments.Count; i++)
        {
            if (Arguments[i].Slot == slot)
                return Arguments[i];
        }

        return null;
    }
}
