using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators;

/// <summary>All that the language knows of an operator; its evaluator is the Runtime's type of the same name.</summary>
internal sealed record OperatorSignature
{
    /// <summary>The name, unique in the catalogue: the head word, and <c>llm</c> after it for the paid form (<c>map llm</c>).</summary>
    public required string Name { get; init; }

    public required OperatorFamily Family { get; init; }

    /// <summary>How it is written, where the root's prompt says less than the shape; null for all of it.</summary>
    public string? ShortUsage { get; init; }

    /// <summary>What it does, in one line without a full stop.</summary>
    public required string Summary { get; init; }

    /// <summary>The same as the root's prompt says it: in fewer words, in none where the name says it; null for the summary.</summary>
    public string? Hint { get; init; }

    /// <summary>The stages that give the row whose value a fold gives, by the value's text; null where that is of no one row.</summary>
    public Func<string, string>? RowOf { get; init; }

    /// <summary>What follows the head word.</summary>
    public required Shape Shape { get; init; }

    public required OperatorInput Input { get; init; }

    /// <summary>The type of the result. For a lifted operator the rule sees one text and gives the type of one result.</summary>
    public required Func<StageTyping, RlmType> Result { get; init; }

    /// <summary>Examples, the first one for the card in the root prompt.</summary>
    public required IReadOnlyList<OperatorExample> Examples { get; init; }

    /// <summary>Whether the stage may start a statement, working on <c>context</c>.</summary>
    public bool CanOpen { get; init; }

    /// <summary>Whether the items of its list are filtered, cut or reordered but not changed.</summary>
    public bool KeepsItems { get; init; }

    public OperatorTraits Traits { get; init; }

    /// <summary>What would be wrong in silence with a stage whose every argument is right.</summary>
    public IReadOnlyList<StageCheck> Checks { get; init; } = [];

    /// <summary>The names of what a stage makes for later ones to read; null for the item itself.</summary>
    public Func<StageTyping, IEnumerable<string?>> Makes { get; init; } = _ => [];

    /// <summary>What a condition is about, from the type of the input's items.</summary>
    public Func<RlmType, RlmType> ConditionItem { get; init; } = item => item;

    /// <summary>The format in which the first rows of a text tell the fields of the result; null where they do not.</summary>
    public Func<StageTyping, string?> ProbedFormat { get; init; } = _ => null;

    /// <summary>The stage that a name in the place of a pattern means; null where it means none.</summary>
    public Func<string, string?> StageForPattern { get; init; } = _ => null;

    /// <summary>Whether it calls a model.</summary>
    public bool IsPaid => Family == OperatorFamily.Ask;

    /// <summary>The word that opens the stage.</summary>
    public string Head => Name.Split(' ')[0];

    /// <summary>Whether it may go by keys.</summary>
    public bool HasKeys => Has(Slots.By);

    /// <summary>Whether something of its form fills the slot.</summary>
    public bool Has(Slot slot) => Holds(Shape, slot);

    public bool Is(OperatorTraits trait) => (Traits & trait) != 0;

    private static bool Holds(Shape shape, Slot slot) => shape switch
    {
        SlotShape { Slot: var held } => held == slot,
        SequenceShape sequence => sequence.Parts.Any(part => Holds(part, slot)),
        ChoiceShape choice => choice.Alternatives.Any(part => Holds(part, slot)),
        AnyOrderShape anyOrder => anyOrder.Parts.Any(part => Holds(part, slot)),
        OptionalShape optional => Holds(optional.Inner, slot),
        _ => false,
    };
}
