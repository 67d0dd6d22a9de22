using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators;

/// <summary>All that the language knows of an operator; its evaluator is the Runtime's type of the same name.</summary>
internal sealed record OperatorSignature
{
    /// <summary>The name, unique in the catalogue: the head word, and <c>llm</c> after it for the paid form (<c>map llm</c>).</summary>
    public required string Name { get; init; }

    public required OperatorFamily Family { get; init; }

    /// <summary>What it does, in one line without a full stop.</summary>
    public required string Summary { get; init; }

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

    /// <summary>Whether the interpreter evaluates it; one that it does not yet gets a diagnostic.</summary>
    public bool IsEvaluated { get; init; } = true;

    /// <summary>Whether it calls a model.</summary>
    public bool IsPaid => Family == OperatorFamily.Ask;

    /// <summary>The word that opens the stage.</summary>
    public string Head => Name.Split(' ')[0];
}
