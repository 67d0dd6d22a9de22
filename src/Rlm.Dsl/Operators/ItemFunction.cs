using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators;

/// <summary>How a function is bound over items: over those of a group for a fold, over those that an item stands among for a window.</summary>
/// <param name="Operand">What its expression, which sees each item, has to be.</param>
/// <param name="Result">The type of its result from that of the expression.</param>
internal sealed record ItemFunction(ItemOperand Operand, Func<RlmType, RlmType> Result)
{
    /// <summary>Whether it is of one item among the others, and not of all of them.</summary>
    public bool IsWindow { get; init; }

    /// <summary>Whether its expression may be left out, and stands for the items themselves then.</summary>
    public bool IsOfItems { get; init; } = true;

    /// <summary>Whether it is of two expressions, whose values are folded in pairs.</summary>
    public bool IsOfPairs { get; init; }

    /// <summary>What stands behind the expression; null for nothing.</summary>
    public FunctionParameter? Parameter { get; init; }

    /// <summary>How it is written over items; null for its name with an expression.</summary>
    public string? Form { get; init; }

    /// <summary>Whether it takes so many arguments.</summary>
    public bool Takes(int arguments) => IsOfPairs ? arguments == 2 :
        arguments >= (Parameter is { IsOptional: false } ? 2 : IsOfItems ? 0 : 1) && arguments <= (Parameter is null ? 1 : 2);

    /// <summary>What it takes, in words.</summary>
    public string DescribeArguments() => Parameter switch
    {
        null => IsOfPairs ? "two expressions" : "one expression",
        { IsOptional: true } => $"an expression, and `{Parameter.Name}` where that is wanted,",
        _ => $"an expression and `{Parameter.Name}`",
    };
}

/// <summary>What the expression of a fold or a window has to be.</summary>
internal enum ItemOperand
{
    Any,

    /// <summary>True or false.</summary>
    Condition,

    /// <summary>A number or duration.</summary>
    Numbers,

    /// <summary>A value that has an order.</summary>
    Ordered,
}
