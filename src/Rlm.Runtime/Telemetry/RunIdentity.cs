using Microsoft.Extensions.AI;

namespace Rlm.Runtime.Telemetry;

/// <summary>What a run is called by who watches it.</summary>
/// <param name="Operation">The operation.</param>
/// <param name="Model">The model that it begins with; null for one that says nothing of itself.</param>
internal sealed record RunIdentity(string Operation, ChatClientMetadata? Model)
{
    /// <summary>A question to an agent.</summary>
    public static RunIdentity OfAgent(IChatClient root) => new(GenAi.InvokeAgent, MetadataOf(root));

    /// <summary>A program that somebody hands in.</summary>
    public static RunIdentity OfProgram(IChatClient model) => new(GenAi.InvokeWorkflow, MetadataOf(model));

    private static ChatClientMetadata? MetadataOf(IChatClient client) =>
        client.GetService(typeof(ChatClientMetadata)) as ChatClientMetadata;
}
