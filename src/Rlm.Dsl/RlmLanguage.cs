using Rlm.Dsl.Operators;

namespace Rlm;

/// <summary>What the language has, as data: for help, an editor, or a prompt.</summary>
public static class RlmLanguage
{
    /// <summary>Every operator, family by family; of two with one head word the more specific stands first.</summary>
    public static IReadOnlyList<RlmOperator> Operators { get; } =
        [.. OperatorCatalog.All.Select(static signature => new RlmOperator(signature))];

    /// <summary>Every function, without the tools of a host.</summary>
    public static IReadOnlyList<RlmFunction> Functions { get; } =
        [.. FunctionCatalog.All.Select(static signature => new RlmFunction(signature))];
}
