using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;

namespace Rlm.Dsl.Parsing;

/// <summary>One way to write a stage: a head word, what follows it, and the operator that is meant.</summary>
/// <param name="Head">The word as written.</param>
/// <param name="Operator">The operator.</param>
/// <param name="Shape">What follows the word; the operator's own shape unless this is a synonym with another one.</param>
/// <param name="Fixed">A slot that the word itself fills, as <c>table</c> does for <c>to table</c>.</param>
internal sealed record OperatorForm(string Head, OperatorSignature Operator, Shape Shape, (Slot Slot, string Word)? Fixed = null)
{
    /// <summary>Whether parentheses behind the word are its own first of all, as in <c>groupby("a").count()</c>.</summary>
    public bool IsCall => Shape is SlotShape { Slot.Kind: SlotKind.Keys or SlotKind.Orders };

    public StageSyntax ToStage(SourceSpan span, IdentifierSyntax head, IReadOnlyList<ArgumentSyntax> arguments) =>
        new(span, head, Operator, Fixed is var (slot, word) ? [new ArgumentSyntax(head.Span, slot, new WordSyntax(head.Span, word)),
            .. arguments] : arguments, null);
}
