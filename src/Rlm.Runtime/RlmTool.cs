using System.Text.Json;

namespace Rlm;

/// <summary>A function of the host that programs may call, as <c>| weather(unit: "C")</c> or <c>weather(city, "C")</c>.</summary>
public abstract class RlmTool
{
    /// <summary>The name in programs; a letter, then letters, digits and <c>_</c>.</summary>
    public abstract string Name { get; }

    /// <summary>What it does, in one line for the root.</summary>
    public abstract string Description { get; }

    /// <summary>The parameters in order.</summary>
    public abstract IReadOnlyList<RlmToolParameter> Parameters { get; }

    /// <summary>
    /// The type of the result in the language's notation, such as <c>text</c>, <c>number?</c> or <c>list of {name: text}</c>.
    /// </summary>
    public abstract string ResultType { get; }

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">A JSON value for each parameter; null for none or an optional one left out.</param>
    /// <param name="cancellationToken">Cancelled when the run ends.</param>
    /// <returns>The result as JSON; null for none. An exception makes the item fail, and not the run.</returns>
    public abstract ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken);
}
