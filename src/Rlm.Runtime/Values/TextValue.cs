using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Values;

/// <summary>
/// A text: a slice of a source that is copied to a string only when something needs one, or a computed string, which may remember
/// the slices that it was put together from.
/// </summary>
internal sealed class TextValue : Value
{
    private const int MaxKeptBytes = 1024;

    private readonly string? _computed;

    // One slice for both meanings: there are as many texts as there are cells in a table.
    private readonly TextSource? _source;
    private readonly long _start;
    private readonly long _length;
    private byte[]? _keptBytes;

    // Parts, what is cited, or the text of a long computed one; no text has two of them.
    private readonly object? _madeOf;

    /// <summary>A slice of a source.</summary>
    public TextValue(TextSlice slice) => (_source, _start, _length) = slice;

    /// <summary>
    /// A computed text. <paramref name="origin"/> is what provenance names then: the covering slice of what it came from.
    /// </summary>
    public TextValue(string computed, TextSlice? origin = null)
    {
        _computed = computed;
        if (origin is { } slice)
            (_source, _start, _length) = slice;
    }

    /// <summary>A computed text that was written.</summary>
    public TextValue(WrittenText written)
    {
        _computed = written.IsShort ? written.ToString() : null;
        _madeOf = written.IsShort ? null : written;
    }

    public static TextValue Empty { get; } = new("");

    /// <summary>The slice that the text is; null for a computed one.</summary>
    public TextSlice? Slice => _computed is null ? Provenance : null;

    /// <summary>The bytes as a slice: of a computed text one of a source of its own.</summary>
    public TextSlice Written => Slice ?? ((_madeOf as WrittenText)?.ToSource() ?? TextSource.FromString(_computed!)).Whole;

    /// <summary>The slice that a computed text came from, if there is one.</summary>
    public TextSlice? Origin => _computed is null ? null : Provenance;

    /// <summary>The texts that a chunk of several was put together from, in order; empty for any other text.</summary>
    public IReadOnlyList<TextValue> Parts
    {
        get => _madeOf as IReadOnlyList<TextValue> ?? [];
        init => _madeOf = value.Count > 0 ? value : null;
    }

    /// <summary>What a reply cites, in order; empty for any other text.</summary>
    public IReadOnlyList<TextSlice> Cited
    {
        get => _madeOf as IReadOnlyList<TextSlice> ?? [];
        init => _madeOf = value.Count > 0 ? value : null;
    }

    /// <summary>The labels that this one was chosen among; null for a text that is not a label.</summary>
    public IReadOnlyList<string>? Domain { get; init; }

    /// <summary>How it reads as a number or date, which its column decides; null for a text of no column.</summary>
    public ColumnReading? Column { get; init; }

    /// <summary>Whether it is in memory as a string.</summary>
    public bool IsString => _computed is not null;

    /// <summary>Whether it is a slice, and nothing is known of it beside but its column.</summary>
    public bool IsOnlySlice => _computed is null && IsBare;

    /// <summary>Whether it is a computed text, and nothing is known of it beside but its column.</summary>
    public bool IsOnlyString => _computed is not null && _source is null && IsBare;

    /// <summary>Whether nothing is known of it beside its text, where that comes from and its column.</summary>
    public bool IsBare => _madeOf is null && Domain is null;

    /// <summary>What <c>name</c>, <c>line</c>, <c>at</c> and <c>cite</c> tell of.</summary>
    public TextSlice? Provenance => _source is null ? null : new TextSlice(_source, _start, _length);

    /// <summary>The length in UTF-8 bytes.</summary>
    public long LengthBytes => Slice?.Length ?? _keptBytes?.Length
        ?? (_computed is null ? Written.Length : Encoding.UTF8.GetByteCount(_computed));

    /// <summary>
    /// The UTF-8 bytes, where they are at hand: those of a computed text, and of a slice that <see cref="KeepBytes()"/> was asked for.
    /// </summary>
    /// <remarks>Those of a short computed text are kept, since a literal is compared with many texts.</remarks>
    public byte[]? GetKnownBytes()
    {
        if (_keptBytes is not null || (_source is not null && _computed is null))
            return _keptBytes;

        byte[] bytes = Encoding.UTF8.GetBytes(ToString());
        if (bytes.Length <= MaxKeptBytes)
            _keptBytes = bytes;
        return bytes;
    }

    /// <summary>The bytes of a slice that is read at once; false for a longer one, and for a computed text.</summary>
    public bool TryGetSpan(out ReadOnlySpan<byte> bytes)
    {
        bytes = default;
        if (Slice is not { Length: <= BlockCache.BlockBytes } slice)
            return false;

        bytes = _keptBytes is { } kept ? kept : slice.Source.GetSpan(slice.Start, (int)slice.Length);
        return true;
    }

    /// <summary>Keeps the bytes of a short slice, as for a key that others far away in the source are compared with.</summary>
    public void KeepBytes()
    {
        if (Slice is { Length: <= MaxKeptBytes } slice)
            _keptBytes ??= slice.Source.GetSpan(slice.Start, (int)slice.Length).ToArray();
    }

    /// <summary>The same where its bytes are at hand.</summary>
    public void KeepBytes(ReadOnlySpan<byte> bytes)
    {
        if (_computed is null && bytes.Length <= MaxKeptBytes)
            _keptBytes ??= bytes.ToArray();
    }

    /// <summary>The text as a string, decoded at each call for a slice; invalid UTF-8 shows as replacement characters.</summary>
    public override string ToString() => _computed ?? (_keptBytes is null ? Written.Decode() : Encoding.UTF8.GetString(_keptBytes));
}
