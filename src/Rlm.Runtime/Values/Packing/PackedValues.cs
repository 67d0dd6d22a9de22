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

    /// <param name="writer">What wrote them.</param>
    /// <param name="starts">Where each begins.</param>
    public PackedValues(ValueWriter writer, int[] starts)
    {
        _source = writer.Objects.Source;
        _origin = writer.Objects.Origin;
        _bytes = writer.Written.ToArray();
        _starts = starts;
        _objects = [.. writer.Objects.All];
    }

    /// <summary>The value at a place.</summary>
    public Value this[int index] => ReaderAt(index).Read();

    /// <summary>Reads the value at a place.</summary>
    public ValueReader ReaderAt(int index) => new(_bytes, _starts[index], _source, _origin, _objects);
}
