using Microsoft.Extensions.AI;
using Rlm.Hosting.Functions;

namespace Rlm;

/// <summary>Agents and tools as functions of models, and functions as tools of programs.</summary>
public static class RlmFunctionExtensions
{
    /// <summary>
    /// An agent as a function with one parameter, <c>question</c>: a tool for a model that talks with somebody, or for another agent.
    /// </summary>
    /// <param name="agent">The agent.</param>
    /// <param name="variables">What it answers from, each name once.</param>
    /// <param name="name">The function's name, which the provider may bound to letters, digits, <c>_</c> and <c>-</c>.</param>
    /// <param name="description">What the texts are, and what may be asked about them.</param>
    /// <returns>
    /// A function whose result is an object with <c>answer</c>, null for none, and where there is something to tell <c>outcome</c>,
    /// <c>partial</c>, <c>reasons</c> and <c>citations</c>. A call without a question throws <see cref="ArgumentException"/>.
    /// </returns>
    public static AIFunction AsAIFunction(this IRlmAgent agent, IReadOnlyList<RlmVariable> variables, string name, string description)
    {
        ArgumentNullException.ThrowIfNull(agent);
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(description);
        RlmVariable.RequireDistinct(variables);
        return new AgentFunction(agent, variables, name, description);
    }

    /// <summary>A tool of programs as a function that models call themselves.</summary>
    /// <param name="tool">The tool.</param>
    /// <returns>
    /// A function with the tool's parameters; a call that lacks one, or has another, throws <see cref="ArgumentException"/>. That of a tool
    /// that writes is an <see cref="ApprovalRequiredAIFunction"/>, so that whoever lets models call it asks somebody before.
    /// </returns>
    public static AIFunction AsAIFunction(this RlmTool tool)
    {
        ArgumentNullException.ThrowIfNull(tool);
        var function = new ToolFunction(tool);
        return tool.Effect == RlmToolEffect.Writes ? new ApprovalRequiredAIFunction(function) : function;
    }

    /// <summary>A function, as of an MCP server or of <c>AIFunctionFactory</c>, as a tool of programs.</summary>
    /// <param name="function">The function.</param>
    /// <returns>
    /// A tool with the types of the function's JSON schemas and the descriptions of its parameters. Signs that a name cannot have are
    /// <c>_</c>. A result without a schema, or one that the language has no type for, is a text. One of an
    /// <see cref="ApprovalRequiredAIFunction"/> writes, so that <see cref="RlmOptions.ConfirmToolCall"/> is asked before each call.
    /// </returns>
    /// <exception cref="ArgumentException">The function's schema is not that of parameters.</exception>
    public static RlmTool AsRlmTool(this AIFunction function)
    {
        ArgumentNullException.ThrowIfNull(function);
        return new FunctionTool(function);
    }
}
