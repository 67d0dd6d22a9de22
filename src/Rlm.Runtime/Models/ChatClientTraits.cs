using Microsoft.Extensions.AI;

namespace Rlm;

/// <summary>What a chat client says of itself, asked for with <see cref="IChatClient.GetService"/>.</summary>
/// <remarks>A client that does not answer is taken to be thread-safe, with the window and reply length given here as defaults.</remarks>
public sealed record ChatClientTraits
{
    /// <summary>Whether calls may run at the same time. Default true; when false sub-calls run one after another.</summary>
    public bool IsThreadSafe { get; init; } = true;

    /// <summary>The model's window in tokens, prompt and reply together. Default 128,000.</summary>
    public int WindowTokens { get; init; } = 128_000;

    /// <summary>
    /// Whether replies keep to a JSON schema that <see cref="ChatOptions.ResponseFormat"/> gives: calls that want labels, numbers, dates,
    /// lists or records give one then. Default false; what a reply must be stands in the prompt, and is checked either way. A schema
    /// that the client refuses is not sent again, nor any where it refused two and took none, as a note of the result says.
    /// </summary>
    public bool KeepsToSchema { get; init; }

    /// <summary>
    /// How the server takes a grammar: programs in a root's replies are held to the language then, and prose before them is free. Default null:
    /// it takes none. A grammar that the client refuses is not sent again, as a note of the result says.
    /// </summary>
    public GrammarParameter? Grammar { get; init; }

    /// <summary>The longest reply in tokens that is asked for. Default 4,096.</summary>
    public int MaxOutputTokens { get; init; } = 4_096;
}
