using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators;

/// <summary>All that the language knows of a function or tool.</summary>
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
}

/// <param name="Name">The parameter's name, for arguments by name.</param>
/// <param name="Type">What it takes; unknown for anything.</param>
/// <param name="IsOptional">Whether it may be left out.</param>
internal sealed record FunctionParameter(string Name, RlmType Type, bool IsOptional = false);
