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
    /// The type of the result in the language's notation, such as <c>text</c>, <c>number?</c>, <c>list of {name: text}</c>, <c>duration</c>
    /// (in seconds), or <c>none</c> for nothing.
    /// </summary>
    public abstract string ResultType { get; }

    /// <summary>What a call does outside. Default <see cref="RlmToolEffect.Reads"/>.</summary>
    public virtual RlmToolEffect Effect => RlmToolEffect.Reads;

    /// <summary>Most calls of a run; at least 1. Null, the default, for no limit. A call beyond it is an item that fails.</summary>
    public virtual int? MaxCalls => null;

    /// <summary>
    /// Most time of a call. Null, the default, for no limit. When it is over, the item fails; the call is cancelled, and no longer waited
    /// for if it goes on.
    /// </summary>
    public virtual TimeSpan? Timeout => null;

    /// <summary>Calls the function.</summary>
    /// <param name="arguments">
    /// A JSON value for each parameter, of its type: dates in ISO form, durations in seconds. Null for none or an optional one left out.
    /// </param>
    /// <param name="cancellationToken">Cancelled when the run ends.</param>
    /// <returns>The result as JSON; null for none. An exception makes the item fail, and not the run.</returns>
    public abstract ValueTask<JsonElement?> InvokeAsync(IReadOnlyList<JsonElement?> arguments, CancellationToken cancellationToken);
}
