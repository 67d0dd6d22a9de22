using System.Buffers;
using System.Text;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>A stretch of a source, in bytes.</summary>
/// <param name="Source">The source.</param>
/// <param name="Start">Offset of the first byte.</param>
/// <param name="Length">Length in bytes.</param>
internal readonly record struct TextSlice(TextSource Source, long Start, long Length)
{
    private const int WindowBytes = 256 * 1024;

    // The longest number, quotes and a byte before them.
    private const int LongestQuoted = 72;

    /// <summary>Offset after the last byte.</summary>
    public long End => Start + Length;

    /// <summary>The number of its first line, from 1.</summary>
    public long FirstLine => Source.LineOf(Start);

    /// <summary>The number of its last line.</summary>
    public long LastLine => Source.LineOf(FindLastLine());

    /// <summary>The lines that are left out of a whole text before a place that was read up to; none of a part of one.</summary>
    public LeftOutLines CountLeftOut(long next, bool isAtEnd) =>
        Start == 0 && Length == Source.LengthBytes ? Source.CountLeftOut(next, isAtEnd) : default;

    /// <summary>How many lines that are left out say the same to the program as one of a whole text, or as a line.</summary>
    public long CountAlike() => Start == 0 && Length == Source.LengthBytes ? Source.AllAlike : Source.CountAlike(Start);

    /// <summary>
    /// <c>name:line</c>, or <c>name:line-line</c>; the places of a file that was read as a text, such as <c>name:p12</c>.
    /// </summary>
    public string Cite
    {
        get
        {
            string first = Source.FindPlace(Start) ?? Invariant($"{FirstLine}");
            string last = Source.FindPlace(FindLastLine()) ?? Invariant($"{LastLine}");
            return first == last ? $"{Source.Name}:{first}" : $"{Source.Name}:{first}-{last}";
        }
    }

    /// <summary>
    /// An offset in its last line. A stretch leaves out its last line end: one that ends with a line end all the same, with another behind it,
    /// has an empty line last.
    /// </summary>
    private long FindLastLine()
    {
        if (Length == 0 || End == Source.LengthBytes || Source.GetSpan(End - 1, 1)[0] != '\n')
            return Math.Max(Start, End - 1);

        var next = Source.GetSpan(End, (int)Math.Min(2, Source.LengthBytes - End));
        return next[0] == '\n' || next.SequenceEqual("\r\n"u8) ? End : End - 1;
    }

    /// <summary>The shortest slice that holds both; null where they are of two sources.</summary>
    public static TextSlice? Cover(TextSlice first, TextSlice second) => first.Source == second.Source
        ? new(first.Source, Math.Min(first.Start, second.Start), Math.Max(first.End, second.End) - Math.Min(first.Start, second.Start))
        : null;

    /// <summary>Whether another slice is a part of it.</summary>
    public bool Holds(TextSlice part) => part.Source == Source && part.Start >= Start && part.End <= End;

    /// <summary>The text; invalid UTF-8 shows as replacement characters. Throws <see cref="TextException"/> over 1 GiB.</summary>
    public string Decode() => Source.Decode(Start, Length);

    /// <summary>Where a character of the decoded text stands.</summary>
    public TextSlice At(string decoded, int character) => this with
    {
        Start = Start + Math.Min(Length, Encoding.UTF8.GetByteCount(decoded.AsSpan(0, Math.Clamp(character, 0, decoded.Length)))),
        Length = 0,
    };

    /// <summary>Whether a digit follows a comma anywhere, without which no number has a comma.</summary>
    /// <param name="isQuoted">Whether only commas near behind an opening quote count, as where commas stand between cells.</param>
    public bool HoldsDigitBehindComma(bool isQuoted)
    {
        byte[] window = ArrayPool<byte>.Shared.Rent((int)Math.Min(Length, WindowBytes));
        bool isFound = false;
        for (long at = Start; at < End && !isFound; at += WindowBytes - LongestQuoted)
        {
            var part = window.AsSpan(0, (int)Math.Min(WindowBytes, End - at));
            Source.Read(at, part);
            isFound = isQuoted ? HoldsQuoted(part, at == Start) : HoldsDigitBehindComma(part);
        }

        ArrayPool<byte>.Shared.Return(window);
        return isFound;
    }

    private static bool HoldsDigitBehindComma(ReadOnlySpan<byte> text)
    {
        for (int at; (at = text.IndexOf((byte)',')) >= 0; text = text[(at + 1)..])
        {
            if (at + 1 < text.Length && char.IsAsciiDigit((char)text[at + 1]))
                return true;
        }

        return false;
    }

    private static bool HoldsQuoted(ReadOnlySpan<byte> text, bool isStart)
    {
        for (int from = 0, at; (at = text[from..].IndexOf((byte)'"')) >= 0; from += at + 1)
        {
            int quote = from + at;
            if (quote == 0 ? !isStart : text[quote - 1] is not ((byte)',' or (byte)'\n' or (byte)'\r' or (byte)' ' or (byte)'\t'))
                continue;

            var cell = text[(quote + 1)..Math.Min(text.Length, quote + LongestQuoted)];
            int end = cell.IndexOf((byte)'"');
            if (HoldsDigitBehindComma(end < 0 ? cell : cell[..end]))
                return true;
        }

        return false;
    }

    /// <summary>The slice without the line end that it ends with, if it does.</summary>
    public TextSlice WithoutLineEnd()
    {
        if (Length == 0 || Source.GetSpan(End - 1, 1)[0] != '\n')
            return this;
        return this with { Length = Length >= 2 && Source.GetSpan(End - 2, 1)[0] == '\r' ? Length - 2 : Length - 1 };
    }
}
