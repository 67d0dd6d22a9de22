namespace Rlm.Runtime.Values;

/// <summary>A value as the key of a group, a join or a set: equal values of one kind, deep in lists and records, are one key.</summary>
internal readonly struct ValueKey : IEquatable<ValueKey>
{
    private readonly int _hash;

    public ValueKey(Value value)
    {
        Value = value is ListValue list ? list.Keep() : value;
        _hash = HashOf(Value);
    }

    public Value Value { get; }

    /// <summary>The key of several values together; of one, that value's key.</summary>
    public static ValueKey Of(Value[] values) => new(values.Length == 1 ? values[0] : ListValue.Of(values));

    /// <summary>Keeps the bytes of short texts in it, for a key that stays while the source is read on.</summary>
    public void KeepBytes()
    {
        if (Value is TextValue text)
            text.KeepBytes();
        else if (Value is ListValue list)
        {
            foreach (var part in list.Items.OfType<TextValue>())
                part.KeepBytes();
        }
    }

    public bool Equals(ValueKey other) => _hash == other._hash && ValueEquality.AreSame(Value, other.Value);

    public override bool Equals(object? obj) => obj is ValueKey other && Equals(other);

    public override int GetHashCode() => _hash;

    private static int HashOf(Value value) => value switch
    {
        NumberValue number => number.Number.GetHashCode(),
        DurationValue duration => duration.Duration.GetHashCode(),
        DateValue date => date.Point.KeyHash(),
        TextValue text => TextBytes.Hash(text).GetHashCode(),
        BoolValue => value == BoolValue.True ? 1 : 2,
        ListValue list => HashOf(list.Items),
        // Fields may come in another order, so their hashes are added.
        RecordValue record => record.Fields.Aggregate(record.Fields.Count, (hash, field) => unchecked(hash + HashOf(field))),
        _ => 0,
    };

    private static int HashOf(IEnumerable<Value> values)
    {
        var hash = new HashCode();
        foreach (var value in values)
            hash.Add(HashOf(value));
        return hash.ToHashCode();
    }
}
