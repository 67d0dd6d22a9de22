using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>What a program finds before it starts: variables, tools, and the first rows of texts.</summary>
internal sealed record BindingEnvironment
{
    public static readonly BindingEnvironment Empty = new();

    /// <summary>The variables by name: those that the host gives, and the lets of earlier programs.</summary>
    public IReadOnlyDictionary<string, VariableSymbol> Variables { get; init; } = new Dictionary<string, VariableSymbol>();

    /// <summary>Functions that the host brings.</summary>
    public IReadOnlyList<FunctionSignature> Tools { get; init; } = [];

    /// <summary>
    /// The row list's type of a variable's text in a format of <c>parse</c>, read from its first rows; null where nobody can tell. Of several documents the one is
    /// meant whose place is given.
    /// </summary>
    public Func<VariableSymbol, int?, string, RlmType?> ProbeSchema { get; init; } = (_, _, _) => null;

    /// <summary>Why no value of a type can be the answer, as the message and the help of an error; null where one may be.</summary>
    public Func<RlmType, (string Message, string Help)?> CheckAnswer { get; init; } = static _ => null;

    /// <summary>Why a stage may not ask roots of its own; null where it may.</summary>
    public string? RootsRefused { get; init; }

    /// <summary>What helps call the page that lists the operators.</summary>
    public string OperatorsPage { get; init; } = DslDiagnostics.OperatorsPage;

    /// <summary>Whose variables these are; null for nobody's, with which a program is only checked.</summary>
    public object? Owner { get; init; }

    /// <summary>Texts of these names: what a program is checked against where there are none.</summary>
    public static BindingEnvironment WithTexts(IEnumerable<string> names) => WithTexts(names, []);

    /// <summary>Texts of these names, and lists of documents of those.</summary>
    public static BindingEnvironment WithTexts(IEnumerable<string> names, IEnumerable<string> documents) => Empty with
    {
        Variables = names.Select(static name => (Name: name, Type: RlmType.Text))
            .Concat(documents.Select(static name => (Name: name, Type: (RlmType)RlmType.ListOf(RlmType.Doc))))
            .GroupBy(static variable => variable.Name).Select(static group => group.Last())
            .ToDictionary(static variable => variable.Name, static variable => new VariableSymbol(variable.Name, variable.Type, null)),
    };
}
