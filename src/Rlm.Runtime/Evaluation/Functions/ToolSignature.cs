using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Types;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>A host's tool as the binder sees it.</summary>
internal static class ToolSignature
{
    /// <summary>Throws where names or types of tools are none of the language.</summary>
    public static void Check(IReadOnlyList<RlmTool> tools)
    {
        var names = new HashSet<string>(StringComparer.Ordinal);
        foreach (var tool in tools)
        {
            if (tool.Name.Length == 0 || !char.IsLetter(tool.Name[0]) || !tool.Name.All(c => char.IsLetterOrDigit(c) || c == '_'))
                throw new ArgumentException(
                    $"`{tool.Name}` is not a name for a tool: a letter, then letters, digits and `_`.", nameof(tools));
            if (!names.Add(tool.Name))
                throw new ArgumentException($"The tool `{tool.Name}` is given twice.", nameof(tools));
            _ = Of(tool);
        }
    }

    /// <exception cref="ArgumentException">A type is not in the language's notation.</exception>
    public static FunctionSignature Of(RlmTool tool)
    {
        var result = ResultOf(tool);
        return new FunctionSignature
        {
            Name = tool.Name,
            Summary = tool.Description,
            Parameters = [.. tool.Parameters.Select(
                parameter => new FunctionParameter(parameter.Name, TypeNotation.Parse(parameter.Type), parameter.IsOptional))],
            Result = _ => result,
            IsTool = true,
        };
    }

    /// <summary>The type that the tool declares for its result.</summary>
    public static RlmType ResultOf(RlmTool tool) => TypeNotation.Parse(tool.ResultType);
}
