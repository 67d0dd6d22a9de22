namespace Rlm.Runtime.Texts;

/// <summary>A stretch of a source, in bytes.</summary>
/// <param name="Source">The source.</param>
/// <param name="Start">Offset of the first byte.</param>
/// <param name="Length">Length in bytes.</param>
internal readonly record struct TextSlice(TextSource Source, long Start, long Length)
{
    /// <summary>Offset after the last byte.</summary>
    public long End => Start + Length;

    /// <summary>The text; invalid UTF-8 shows as replacement characters. Throws <see cref="TextException"/> over 1 GiB.</summary>
    public string Decode() => Source.Decode(Start, Length);
}
