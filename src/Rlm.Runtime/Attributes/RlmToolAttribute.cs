namespace Rlm;

/// <summary>Makes a method of an <see cref="RlmToolsAttribute"/> class a function that programs may call.</summary>
/// <remarks>
/// <para>
/// The method is public or internal, static or not, not generic, and returns <c>T</c>, <c>Task&lt;T&gt;</c>, <c>ValueTask&lt;T&gt;</c>, or
/// nothing. A <see cref="CancellationToken"/> parameter gets the run's token and is not a parameter of the tool; a parameter with a
/// default value may be left out. What a method throws, and an argument that does not fit, makes the item fail and not the run.
/// </para>
/// <para>
/// <c>string</c>, <c>char</c>, <c>Guid</c> and <c>Uri</c> are text; integers, <c>float</c>, <c>double</c> and <c>decimal</c> are number;
/// <c>bool</c> is bool; <c>DateTime</c>, <c>DateTimeOffset</c> and <c>DateOnly</c> are date; <c>TimeSpan</c> is duration; an enum is
/// <c>one of [...]</c> its names. Arrays, <c>List&lt;T&gt;</c> and the interfaces that it has are lists, dictionaries are lists of
/// <c>{key, value}</c>, tuples and types with public properties are records with camelCase fields. What is nullable is <c>T?</c>. A
/// parameter's record needs a constructor that takes its properties, or properties that can be assigned.
/// </para>
/// <para>
/// The root is told the summary of the method's comment where the attribute has no description, and what <c>&lt;param&gt;</c> says of each
/// parameter. Errors are RLM9002 to RLM9009, and RLM9008 where the class is no <see cref="RlmToolsAttribute"/> class.
/// </para>
/// </remarks>
/// <param name="description">What the function does, in one line for the root. Null for the summary of the method's comment.</param>
[AttributeUsage(AttributeTargets.Method, Inherited = false)]
public sealed class RlmToolAttribute(string? description = null) : Attribute
{
    /// <summary>What the function does, in one line for the root; null for the summary of the method's comment.</summary>
    public string? Description { get; } = description;

    /// <summary>
    /// The name in programs. Default the method's name in snake case without a final <c>Async</c>:
    /// <c>FindOrderAsync</c> is <c>find_order</c>.
    /// </summary>
    public string? Name { get; set; }

    /// <summary>What a call does outside. Default <see cref="RlmToolEffect.Reads"/>.</summary>
    public RlmToolEffect Effect { get; set; }

    /// <summary>Most calls of a run; at least 1 where it is given. Default no limit.</summary>
    public int MaxCalls { get; set; }

    /// <summary>Most seconds of a call; above 0 where it is given. Default no limit.</summary>
    public double TimeoutSeconds { get; set; }
}
