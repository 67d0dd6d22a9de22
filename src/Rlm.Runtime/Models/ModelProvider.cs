namespace Rlm.Runtime.Models;

/// <summary>The protocol that an endpoint speaks.</summary>
public enum ModelProvider
{
    /// <summary>OpenAI's chat completions, spoken by most servers and routers.</summary>
    OpenAi,

    /// <summary>Anthropic's messages.</summary>
    Anthropic,
}
