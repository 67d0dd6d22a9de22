using System.Buffers;

namespace Rlm.Runtime.Texts;

/// <summary>A stretch of a source, in bytes.</summary>
/// <param name="Source">The source.</param>
/// <param name="Start">Offset of the first byte.</param>
/// <param name="Length">Length in bytes.</param>
internal readonly record struct TextSlice(TextSource Source, long Start, long Length)
{
    private const int WindowBytes = 256 * 1024;

    /// <summary>Offset after the last byte.</summary>
    public long End => Start + Length;

    /// <summary>The number of its first line, from 1.</summary>
    public long FirstLine => Source.Lines.LineOf(Start);

    /// <summary>The number of its last line.</summary>
    public long LastLine => Source.Lines.LineOf(Math.Max(Start, End - 1));

    /// <summary><c>name:line</c>, or <c>name:line-line</c>.</summary>
    public string Cite => FirstLine is var first && LastLine is var last && first == last ? $"{Source.Name}:{first}" : $"{Source.Name}:{first}-{last}";

    /// <summary>The shortest slice that holds both; null where they are of two sources.</summary>
    public static TextSlice? Cover(TextSlice first, TextSlice second) => first.Source == second.Source
        ? new(first.Source, Math.Min(first.Start, second.Start), Math.Max(first.End, second.End) - Math.Min(first.Start, second.Start))
        : null;

    /// <summary>The text; invalid UTF-8 shows as replacement characters. Throws <see cref="TextException"/> over 1 GiB.</summary>
    public string Decode() => Source.Decode(Start, Length);

    /// <summary>Whether a byte occurs in it.</summary>
    public bool Contains(byte value)
    {
        byte[] window = ArrayPool<byte>.Shared.Rent((int)Math.Min(Length, WindowBytes));
        bool isFound = false;
        for (long at = Start; at < End && !isFound; at += window.Length)
        {
            var part = window.AsSpan(0, (int)Math.Min(window.Length, End - at));
            Source.Read(at, part);
            isFound = part.Contains(value);
        }

        ArrayPool<byte>.Shared.Return(window);
        return isFound;
    }

    /// <summary>The slice without the line end that it ends with, if it does.</summary>
    public TextSlice WithoutLineEnd()
    {
        if (Length == 0 || Source.GetSpan(End - 1, 1)[0] != '\n')
            return this;
        return this with { Length = Length >= 2 && Source.GetSpan(End - 2, 1)[0] == '\r' ? Length - 2 : Length - 1 };
    }
}
