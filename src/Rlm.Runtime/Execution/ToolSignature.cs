using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;

namespace Rlm.Runtime.Execution;

/// <summary>A host's tool as the binder sees it.</summary>
internal static class ToolSignature
{
    /// <exception cref="ArgumentException">A type is not in the language's notation.</exception>
    public static FunctionSignature Of(RlmTool tool)
    {
        var result = TypeNotation.Parse(tool.ResultType);
        return new FunctionSignature
        {
            Name = tool.Name,
            Summary = tool.Description,
            Parameters = [.. tool.Parameters.Select(parameter => new FunctionParameter(parameter.Name, TypeNotation.Parse(parameter.Type), parameter.IsOptional))],
            Result = _ => result,
            IsTool = true,
        };
    }
}
