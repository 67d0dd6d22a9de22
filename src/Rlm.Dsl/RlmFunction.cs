using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;

namespace Rlm;

/// <summary>A function of the language.</summary>
public sealed class RlmFunction
{
    private readonly FunctionSignature _signature;

    internal RlmFunction(FunctionSignature signature) => _signature = signature;

    /// <summary>The name, unique.</summary>
    public string Name => _signature.Name;

    /// <summary>The name with its parameters: one in brackets may be left out, and after <c>…</c> the last may be repeated.</summary>
    public string Usage
    {
        get
        {
            var parameters = _signature.Parameters.Select(
                static parameter => parameter.IsOptional ? $"[{parameter.Name}]" : parameter.Name);
            return $"{Name}({string.Join(", ", parameters)}{(_signature.IsVariadic ? ", …" : "")})";
        }
    }

    /// <summary>What it gives, in one line without a full stop.</summary>
    public string Summary => _signature.Summary;

    /// <summary>Names that other languages give it, which are understood wherever no tool has them.</summary>
    public IReadOnlyList<string> Synonyms => [.. FunctionSynonyms.Of(Name)];

    /// <summary>Expressions without a context, each with its value as it is printed; a list has one item a line.</summary>
    public IReadOnlyList<(string Expression, string Result)> Examples => _signature.Examples;
}
