namespace Rlm.Runtime.Values.Packing;

/// <summary>
/// Some values in a few bytes each, made again when they are looked at: slices and numbers as numbers, rows as their
/// fields, everything else as it is.
/// </summary>
internal sealed class PackedValues
{
    private readonly TextSource? _source;
    private readonly long _origin;
    private readonly byte[] _bytes;
    private readonly int[] _starts;
    private readonly object[] _objects;

    private PackedValues(ValueWriter writer, int[] starts)
    {
        _source = writer.Objects.Source;
        _origin = writer.Objects.Origin;
        _bytes = writer.Written.ToArray();
        _starts = starts;
        _objects = [.. writer.Objects.All];
    }

    /// <summary>The value at a place.</summary>
    public Value this[int index] => new ValueReader(_bytes, _starts[index], _source, _origin, _objects).Read();

    public static PackedValues Of(IReadOnlyList<Value> values)
    {
        var writer = new ValueWriter(new PackedObjects());
        int[] starts = new int[values.Count];
        for (int i = 0; i < starts.Length; i++)
        {
            starts[i] = writer.Length;
            writer.Add(values[i]);
        }

        return new PackedValues(writer, starts);
    }
}
