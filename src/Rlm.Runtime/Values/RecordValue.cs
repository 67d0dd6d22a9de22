namespace Rlm.Runtime.Values;

/// <summary>A record: fields in order, shared names.</summary>
internal sealed class RecordValue(RecordShape shape, Value[] fields, TextValue? origin = null) : Value
{
    public RecordShape Shape { get; } = shape;

    public IReadOnlyList<Value> Fields => fields;

    /// <summary>
    /// The text that the row came from, for <c>line</c>, <c>at</c>, <c>cite</c> and <c>name</c>; null for a computed row.
    /// </summary>
    public TextValue? Origin { get; } = origin;

    /// <summary>The field's value, or null where there is none of that name.</summary>
    public Value? Find(string name) => Shape.IndexOf(name) is var index and >= 0 ? fields[index] : null;
}
