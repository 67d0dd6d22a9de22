using System.Diagnostics.CodeAnalysis;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Rlm;

/// <summary>What came of a run whose answer must be a <typeparamref name="T"/>.</summary>
/// <typeparam name="T">The type of the answer.</typeparam>
public sealed record RlmResult<T> : RlmResult
{
    private readonly T? _value;

    [SetsRequiredMembers]
    internal RlmResult(RlmResult result, JsonTypeInfo<T> type)
        : this(result, json => JsonSerializer.Deserialize(json, type))
    {
    }

    /// <param name="result">What came of the run.</param>
    /// <param name="read">Makes the value of the answer's JSON.</param>
    [SetsRequiredMembers]
    internal RlmResult(RlmResult result, Func<string, T?> read)
        : base(result) => _value = result.Answer is { } json ? read(json) : default;

    /// <summary>Whether there is a value: an answer that has the shape, partial or whole.</summary>
    public bool HasValue => Outcome == RlmOutcome.Answered;

    /// <summary>The answer.</summary>
    /// <exception cref="InvalidOperationException">There is none; the message says why. See <see cref="HasValue"/>.</exception>
    public T Value => HasValue
        ? _value!
        : throw new InvalidOperationException($"There is no answer ({Outcome}): {string.Join("; ", Reasons)}");

    /// <summary>Prints the value only where there is one.</summary>
    protected override bool PrintMembers(StringBuilder builder)
    {
        base.PrintMembers(builder);
        if (HasValue)
            builder.Append(", Value = ").Append(_value);
        return true;
    }
}
