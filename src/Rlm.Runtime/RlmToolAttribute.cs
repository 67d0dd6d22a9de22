namespace Rlm;

/// <summary>Makes a method of an <see cref="RlmToolsAttribute"/> class a function that programs may call.</summary>
/// <remarks>
/// <para>
/// The method is public or internal, static or not, not generic, and returns <c>T</c>, <c>Task&lt;T&gt;</c> or <c>ValueTask&lt;T&gt;</c>.
/// A <see cref="CancellationToken"/> parameter gets the run's token and is not a parameter of the tool; a parameter with a default value
/// may be left out. An argument that does not fit throws <see cref="ArgumentException"/>, which makes the item fail.
/// </para>
/// <para>
/// Parameters: <c>string</c> is text; integers, <c>float</c>, <c>double</c> and <c>decimal</c> are number; <c>bool</c> is bool;
/// <c>DateTime</c>, <c>DateTimeOffset</c> and <c>DateOnly</c> are date; arrays, <c>List&lt;T&gt;</c> and the interfaces that it has are
/// lists. Results may also be other types with public properties, which become records with camelCase fields, and nullable, which is
/// <c>T?</c>. Errors are RLM9002 to RLM9007, and RLM9008 where the class is no <see cref="RlmToolsAttribute"/> class.
/// </para>
/// </remarks>
/// <param name="description">What the function does, in one line for the root.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RlmToolAttribute(string description) : Attribute
{
    /// <summary>What the function does, in one line for the root.</summary>
    public string Description { get; } = description;

    /// <summary>
    /// The name in programs. Default the method's name in snake case without a final <c>Async</c>:
    /// <c>FindOrderAsync</c> is <c>find_order</c>.
    /// </summary>
    public string? Name { get; set; }
}
