using Microsoft.Agents.AI;
using Rlm.Hosting.Agents;

namespace Rlm;

/// <summary>Agents for Microsoft's Agent Framework.</summary>
public static class RlmAIAgentExtensions
{
    /// <summary>The agent as one of Microsoft's Agent Framework, over some texts. A session keeps its questions and answers.</summary>
    /// <param name="agent">The agent.</param>
    /// <param name="variables">What it answers from, each name once.</param>
    /// <param name="name">What others call it; null for nothing.</param>
    /// <param name="description">What it can be asked; null for nothing.</param>
    /// <returns>
    /// An agent that throws <see cref="RlmAnswerException"/> where there is no answer, and <see cref="NotSupportedException"/> for what is
    /// no text. A JSON response format is the answer's shape.
    /// </returns>
    public static AIAgent AsAIAgent(
        this IRlmAgent agent, IReadOnlyList<RlmVariable> variables, string? name = null, string? description = null)
    {
        ArgumentNullException.ThrowIfNull(agent);
        RlmVariable.RequireDistinct(variables);
        return new RlmAIAgent(agent, variables, name, description);
    }
}
