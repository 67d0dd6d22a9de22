using Microsoft.Extensions.AI;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Rlm;

/// <summary>Puts an <see cref="RlmChatClient"/> into the pipeline of a chat client.</summary>
public static class RlmChatClientBuilderExtensions
{
    /// <summary>
    /// Adds an <see cref="RlmChatClient"/>. Behind <c>UseFunctionInvocation</c>, its results of tools are read at any length.
    /// </summary>
    /// <param name="builder">The pipeline.</param>
    /// <param name="configure">Sets when the loop runs, over which models and within what limits; null for the defaults.</param>
    /// <returns>The pipeline.</returns>
    /// <exception cref="ArgumentException">When the pipeline is built: an option, which is named, cannot be held to.</exception>
    public static ChatClientBuilder UseRlm(this ChatClientBuilder builder, Action<RlmChatOptions>? configure = null)
    {
        ArgumentNullException.ThrowIfNull(builder);
        return builder.Use((inner, services) =>
        {
            var options = new RlmChatOptions();
            configure?.Invoke(options);
            return new RlmChatClient(inner, options, services.GetService<ILogger<RlmChatClient>>());
        });
    }
}
