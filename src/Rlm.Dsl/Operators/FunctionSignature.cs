using Rlm.Dsl.Formats;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators;

/// <summary>All that the language knows of a function or tool; its evaluator is found by its name.</summary>
internal sealed record FunctionSignature
{
    public required string Name { get; init; }

    /// <summary>What it gives, in one line without a full stop.</summary>
    public required string Summary { get; init; }

    public required IReadOnlyList<FunctionParameter> Parameters { get; init; }

    /// <summary>How a call of it is written, parameters that may be left out in brackets.</summary>
    public string Form => $"{Name}({string.Join(", ", Parameters.Select(parameter => parameter.IsOptional ? $"[{parameter.Name}]" : parameter.Name))})";

    /// <summary>The type of the result from those of the arguments given.</summary>
    public required Func<IReadOnlyList<RlmType>, RlmType> Result { get; init; }

    /// <summary>Expressions without a context, each with its rendered value.</summary>
    public IReadOnlyList<(string Expression, string Result)> Examples { get; init; } = [];

    /// <summary>Whether further arguments repeat the last parameter.</summary>
    public bool IsVariadic { get; init; }

    /// <summary>Whether the host brought it.</summary>
    public bool IsTool { get; init; }

    /// <summary>How it is bound over items, for a fold and a window; null for a function of its arguments alone.</summary>
    public ItemFunction? OverItems { get; init; }

    /// <summary>Whether it is an aggregate: of a group's items in <c>aggregate</c>, of a list elsewhere.</summary>
    public bool IsFold => OverItems is { IsWindow: false };

    /// <summary>Whether it is of an item among the others of its list, so that it has no value without them.</summary>
    public bool IsWindow => OverItems is { IsWindow: true };

    public FunctionTraits Traits { get; init; }

    /// <summary>Whether it is of the one value that its first argument is, so that a fixed text says nothing there.</summary>
    public bool LooksIntoItsFirst => !IsTool && !IsVariadic && OverItems is null && !Is(FunctionTraits.WritesNumbers);

    /// <summary>The operator that is meant where its pattern has several named groups; null for none.</summary>
    public string? OfGroups { get; init; }

    /// <summary>The fold that is meant where its expression is a condition, as <c>count</c> is for <c>sum</c>; null for itself.</summary>
    public string? OfCondition { get; init; }

    /// <summary>The function that is meant where the first argument is a list; null for itself.</summary>
    public string? OfList { get; init; }

    /// <summary>The fold that is meant where its expression is a call of the fold <c>Inner</c>; null for none.</summary>
    public (string Inner, string Meant)? OfFold { get; init; }

    /// <summary>The values of which other languages write it as a field: <c>date.month</c>, <c>rows.count</c>.</summary>
    public FieldOwners FieldOf { get; init; }

    /// <summary>The only texts that it gives, in their order; empty for any.</summary>
    public IReadOnlyList<string> Gives { get; init; } = [];

    /// <summary>The function that gives the names of the numbers that this one gives; null for none.</summary>
    public string? Names { get; init; }

    public bool Is(FunctionTraits trait) => (Traits & trait) != 0;
}

/// <param name="Name">The parameter's name, for arguments by name.</param>
/// <param name="Type">What it takes; unknown for anything.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
internal sealed record FunctionParameter(string Name, RlmType Type, bool IsOptional = false)
{
    /// <summary>Whether it takes a type beside its own, where so many arguments are given.</summary>
    public Func<RlmType, int, bool> TakesBeside { get; init; } = (_, _) => false;

    /// <summary>Of a format: why values of the first argument's type cannot have one; null for what is not a format.</summary>
    public Func<RlmType, string, PatternFault?>? FormatFault { get; init; }

    /// <summary>Of what is read when the program is checked: the literal that it must be; null for a value of the run.</summary>
    public LiteralRule? Literal { get; init; }
}

/// <param name="Takes">Whether it takes a literal's value.</param>
/// <param name="Wanted">What it takes, in words.</param>
/// <param name="Help">What to write.</param>
internal sealed record LiteralRule(Func<object?, bool> Takes, string Wanted, string Help);
