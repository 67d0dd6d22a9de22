using System.Buffers;
using System.Text;
using Rlm.Runtime.Texts.Encodings;
using Rlm.Runtime.Texts.Formats;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Opening;
using Rlm.Runtime.Texts.Sources;

namespace Rlm;

/// <summary>A text of any size, kept as UTF-8 bytes that are read when they are needed.</summary>
/// <remarks>
/// Bytes that are not UTF-8 stay as they are and show as replacement characters. A UTF-8 byte order mark is skipped; UTF-16
/// and UTF-32 with a byte order mark are transcoded. Instances are safe to share between threads; disposing ends every use.
/// </remarks>
public abstract partial class TextSource : IDisposable
{
    private const int BinaryProbeBytes = 8 * 1024;
    private const int SampleBytes = 1024 * 1024;
    private const int MoreSamples = 16;
    // The most characters that a string may have, a little less than 1 GiB.
    private const long MaxDecodedBytes = 0x3FFFFFDF;
    private const int MaxLineBytes = 1 << 30;

    private LineIndex? _lines;
    private double _bytesPerToken;
    private string? _likelyEncoding;
    private bool _isEncodingKnown;

    private protected TextSource(string name) => Name = name;

    /// <summary>What <c>cite</c> and <c>name</c> call it.</summary>
    public string Name { get; }

    /// <summary>The length in bytes, without a byte order mark.</summary>
    public abstract long LengthBytes { get; }

    /// <summary>The length of the file that it is made of, which is known before it is read; else its own.</summary>
    internal virtual long FileBytes => LengthBytes;

    /// <summary>The same of the text that this one has lines of.</summary>
    internal virtual long SizeBytes => LengthBytes;

    /// <summary>The documents of a file that is a list of them, such as the mails of a mailbox; null for a file that is one text.</summary>
    /// <remarks>They are stretches of this text, which has to live as long as they are used.</remarks>
    public IReadOnlyList<TextSource>? Documents { get; internal set; }

    /// <summary>What a mail says of itself; null for any other text.</summary>
    internal virtual RlmMailHeader? Mail { get; init; }

    /// <summary>Whether it is a mail; its header may have to be read.</summary>
    internal virtual bool IsMail => Mail is not null;

    /// <summary>Whether the text is there. What is wrong with one that no answer needed concerns none.</summary>
    internal virtual bool IsRead => true;

    /// <summary>When the file was changed last; null for a text that is not a file.</summary>
    internal virtual DateTime? ModifiedUtc => null;

    /// <summary>The places that are not UTF-8 in what was read.</summary>
    internal virtual Utf8Faults Faults { get; } = new();
    /// <summary>The line of the first of them; null for none.</summary>
    internal virtual long? FaultLine => Faults.First is { } first ? LineOf(first) : null;

    /// <summary>How many bytes of the text the encoding that it was read from does not know.</summary>
    internal long Undecoded { get; set; }

    /// <summary>What of a file is not in its text, in one line; null where all is.</summary>
    internal virtual string? Gap { get; set; }

    /// <summary>The places of the file that the text was read from; null for a file that is a text itself.</summary>
    internal virtual PlaceMap? Places { get; set; }

    /// <summary>Whether its lines stand for themselves; a mail, or a file with places of its own, is a whole.</summary>
    internal bool IsCuttable => !IsMadeOfFile && Places is null && Mail is null;

    /// <summary>What it looks like where it is not UTF-8, by its start, stretches of the rest and what was read; null for UTF-8.</summary>
    internal string? LikelyEncoding
    {
        get
        {
            if (!_isEncodingKnown)
                LikelyEncoding = Guess(GuessFromSamples);
            return _likelyEncoding ?? (Faults.First is { } fault ? Guess(() => GuessAround(fault)) : null);
        }

        set => (_likelyEncoding, _isEncodingKnown) = (value, true);
    }

    /// <summary>Whether it is mail with parts that are not decoded, where that is known beside the text.</summary>
    internal virtual bool? HasEncodedParts { get; set; }

    /// <summary>How the text changed since it was opened; null where nobody could tell.</summary>
    internal virtual TextChange? Change => null;

    /// <summary>Whether the first 8 KiB hold a NUL byte. Such a text can be worked on like any other.</summary>
    public bool LooksBinary => GetSpan(0, (int)Math.Min(LengthBytes, BinaryProbeBytes)).Contains((byte)0);

    /// <summary>The mean bytes of a token, estimated when it is first asked for.</summary>
    internal double BytesPerToken
    {
        get => _bytesPerToken is > 0 and var known ? known : _bytesPerToken = TokenEstimate.DensityOf(this);
        private protected init => _bytesPerToken = value;
    }

    /// <summary>The number of a place's line, counted when it is asked for.</summary>
    internal LineIndex Lines => Volatile.Read(ref _lines) ?? Interlocked.CompareExchange(ref _lines, new LineIndex(this), null) ?? _lines!;

    /// <summary>The number of the line, from 1, that an offset lies in.</summary>
    internal virtual long LineOf(long offset) => Lines.LineOf(offset);

    /// <summary>The lines that are left out of the text before a place that was read up to.</summary>
    /// <param name="next">The offset behind the last line that was read.</param>
    /// <param name="isAtEnd">Whether another line was asked for, and there was none.</param>
    internal virtual LeftOutLines CountLeftOut(long next, bool isAtEnd) => default;

    /// <summary>How many lines that are left out say the same to the program as the one that begins at an offset.</summary>
    internal virtual long CountAlike(long start) => 0;

    /// <summary>How many lines that are left out say the same to the program as another one.</summary>
    internal virtual long AllAlike => 0;

    internal TextSlice Whole => new(this, 0, LengthBytes);

    /// <summary>Whether there is a pipe, a socket or a device at a path, and not a file: reading one may never end. It is not opened.
    /// False for a directory, for nothing, and where the system cannot tell.</summary>
    /// <param name="path">The path.</param>
    public static bool IsSpecialFile(string path)
    {
        ArgumentNullException.ThrowIfNull(path);
        return File.Exists(path) && FileKind.IsSpecial(path);
    }

    /// <summary>A file, read block by block while it is used; it stays open until the source is disposed.</summary>
    /// <param name="path">The file. A pipe or device is read to its end.</param>
    /// <param name="name">What <c>cite</c> calls it; the path as given where it is left out.</param>
    /// <param name="encoding">What it is in where it has no byte order mark, such as <see cref="TextEncodings.Find"/> gives; null for
    /// UTF-8. Its text is kept like a stream's.</param>
    /// <param name="reader">Asked before the registered readers, for this file alone; null for none.</param>
    /// <remarks>
    /// A gzip, zstd or brotli (<c>.br</c>) file is its text, unpacked like a stream; its lines and bytes are those of the text.
    /// </remarks>
    /// <exception cref="TextException">The file is missing, a directory, not readable, damaged, or no text, such as
    /// an image, or a PDF without a reader for it (<see cref="RegisterReader"/>).</exception>
    public static TextSource FromFile(string path, string? name = null, Encoding? encoding = null, IRlmFileReader? reader = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TextFiles.Open(path, name ?? path, keepOpen: true, encoding, reader);
    }

    /// <summary>The rest of a stream, in memory up to 4 MiB and beyond that in a temporary file that is gone when the source is.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What <c>cite</c> calls it.</param>
    /// <param name="encoding">What it is in where it has no byte order mark; null for UTF-8.</param>
    /// <exception cref="TextException">The stream or the temporary file fails, or the stream is not a text.</exception>
    public static TextSource FromStream(Stream stream, string name, Encoding? encoding = null)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return TextSpool.ReadToEnd(stream, name, encoding);
    }

    /// <summary>The rest of a stream that may be read only asynchronously, such as the body of a web request, kept as
    /// <see cref="FromStream"/> keeps it.</summary>
    /// <param name="stream">The stream.</param>
    /// <param name="name">What <c>cite</c> calls it.</param>
    /// <param name="encoding">What it is in where it has no byte order mark; null for UTF-8.</param>
    /// <param name="cancellationToken">Ends the reading; throws <see cref="OperationCanceledException"/>.</param>
    /// <exception cref="TextException">The stream or the temporary file fails, or the stream is not a text.</exception>
    public static Task<TextSource> FromStreamAsync(
        Stream stream, string name, Encoding? encoding = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentNullException.ThrowIfNull(name);
        return TextSpool.ReadToEndAsync(stream, name, encoding, cancellationToken);
    }

    /// <summary>A text in memory.</summary>
    public static TextSource FromString(string text, string name = "text")
    {
        ArgumentNullException.ThrowIfNull(text);
        ArgumentNullException.ThrowIfNull(name);
        return new MemoryTextSource(Encoding.UTF8.GetBytes(text), name);
    }

    /// <summary>UTF-8 bytes in memory, which must not change from here on.</summary>
    public static TextSource FromBytes(ReadOnlyMemory<byte> bytes, string name = "text")
    {
        ArgumentNullException.ThrowIfNull(name);
        if (ByteOrderMark.Find(bytes.Span) is not { } mark)
            return new MemoryTextSource(bytes, name);

        return mark.Encoding is null
            ? new MemoryTextSource(bytes[mark.LengthBytes..], name)
            : new MemoryTextSource(Encoding.Convert(mark.Encoding, Encoding.UTF8, bytes[mark.LengthBytes..].ToArray()), name);
    }

    /// <summary>The files of a directory and its subdirectories, of a glob (<c>* ? **</c>), or one file, as documents.</summary>
    /// <remarks>
    /// Sorted by path, ordinal. A file that a reader makes a text or a mail of is read when its text is first used, and some of those
    /// behind it then; mailboxes are read now, as it is not known before how many mails they have. Hidden files and directories, links,
    /// pipes, sockets and devices, files that are not texts, and what a <c>.ignore</c> or, in a repository, a <c>.gitignore</c>,
    /// <c>info/exclude</c> or git's excludes of the user name are skipped. Never empty. A document's name is its path from the directory.
    /// One that cannot be read is an empty text, and answers are partial; where none can be read, the first use of a text throws.
    /// </remarks>
    /// <param name="path">The directory, glob or file.</param>
    /// <param name="onSkipped">Told in one line what was left out, if anything was. Null for nobody.</param>
    /// <param name="encoding">What they are in where they have no byte order mark; null for UTF-8.</param>
    /// <param name="reader">Asked before the registered readers, for these files alone; null for none.</param>
    /// <exception cref="TextException">Nothing is there, or no file can be read.</exception>
    public static IReadOnlyList<TextSource> FromDirectoryOrGlob(
        string path, Action<string>? onSkipped = null, Encoding? encoding = null, IRlmFileReader? reader = null)
    {
        ArgumentNullException.ThrowIfNull(path);
        return TextFiles.OpenAll(path, onSkipped, encoding, reader);
    }

    /// <summary>Has files of a format that is not text be read, in the whole process; without it they are refused.</summary>
    /// <remarks>To be called when the program starts. The last one that takes a file is asked; one of a type replaces another of it.</remarks>
    public static void RegisterReader(IRlmFileReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        FileReaders.Register(reader);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        Release();
        GC.SuppressFinalize(this);
    }

    /// <summary>
    /// The bytes of a range, without a copy where they lie in one block. The span stays valid; it may be older than the file.
    /// </summary>
    internal abstract ReadOnlySpan<byte> GetSpan(long start, int length);

    /// <summary>Fills the buffer with the bytes from an offset on; who reads whole lines looks with <see cref="CheckBytes"/> at them.</summary>
    internal abstract void ReadBytes(long offset, Span<byte> buffer);

    /// <summary>Looks for places that are not UTF-8 in bytes from an offset on, which may be cut within a character.</summary>
    internal virtual void CheckBytes(ReadOnlySpan<byte> bytes, long start, bool isCut) => Faults.Check(bytes, start, isCut);

    /// <summary>Fills the buffer with the bytes from an offset on, for scans that keep one buffer.</summary>
    internal void Read(long offset, Span<byte> buffer)
    {
        ReadBytes(offset, buffer);
        CheckBytes(buffer, offset, isCut: true);
    }

    /// <summary>Reads a stretch of lines. A short one comes from the cached blocks instead of a system call of its own.</summary>
    internal void ReadLines(long start, Span<byte> buffer)
    {
        if (buffer.Length <= BlockCache.BlockBytes)
            GetSpan(start, buffer.Length).CopyTo(buffer);
        else
            Read(start, buffer);
    }

    /// <summary>The first bytes, at most so many.</summary>
    internal ReadOnlySpan<byte> GetStart(int most) => GetSpan(0, (int)Math.Min(LengthBytes, most));

    /// <summary>Throws where a line has more bytes than one line may have.</summary>
    internal void RequireLine(long length)
    {
        if (length > MaxLineBytes)
            throw new TextException(Invariant($"`{Name}` has a line of {length:N0} bytes; cut it first, as with `chunk`"));
    }

    /// <summary>The place of the file that an offset was read from; null for a file that is a text itself.</summary>
    internal virtual string? FindPlace(long offset) => Places?.Find(offset);

    /// <summary>The offset of a byte in a range, or -1.</summary>
    internal long IndexOf(byte value, long start, long end)
    {
        while (start < end)
        {
            var span = GetSpan(start, BlockLength(start, end));
            int at = span.IndexOf(value);
            if (at >= 0)
                return start + at;
            start += span.Length;
        }

        return -1;
    }

    /// <summary>The offset of the last such byte in a range, or -1.</summary>
    internal long LastIndexOf(byte value, long start, long end)
    {
        while (start < end)
        {
            long from = Math.Max(start, (end - 1) / BlockCache.BlockBytes * BlockCache.BlockBytes);
            int at = GetSpan(from, (int)(end - from)).LastIndexOf(value);
            if (at >= 0)
                return from + at;
            end = from;
        }

        return -1;
    }

    /// <summary>The offset of some bytes in a range, or -1.</summary>
    internal long IndexOf(ReadOnlySpan<byte> needle, long start, long end)
    {
        while (end - start >= needle.Length)
        {
            long blockEnd = start + BlockLength(start, end);
            int at = GetSpan(start, (int)(blockEnd - start)).IndexOf(needle);
            if (at >= 0)
                return start + at;

            // A span over two blocks is a copy, so that only the seam is read as one.
            long seam = Math.Max(start, blockEnd - needle.Length + 1);
            at = GetSpan(seam, (int)(Math.Min(end, blockEnd + needle.Length - 1) - seam)).IndexOf(needle);
            if (at >= 0)
                return seam + at;
            start = blockEnd;
        }

        return -1;
    }

    /// <summary>The offset itself, or the start of the code point that it lies in.</summary>
    internal long CodePointStart(long offset, long least)
    {
        for (int back = 0; back < 3 && offset - back > least && offset - back < LengthBytes; back++)
        {
            if ((GetSpan(offset - back, 1)[0] & 0xC0) != 0x80)
                return offset - back;
        }

        return offset - 3 > least && offset < LengthBytes && (GetSpan(offset - 3, 1)[0] & 0xF8) == 0xF0 ? offset - 3 : offset;
    }

    internal string Decode(long start, long length)
    {
        if (length > MaxDecodedBytes)
            throw new TextException(
                Invariant($"`{Name}`: {length:N0} bytes are too many for one text; cut it first, as with `lines` or `chunk`"));

        if (length <= BlockCache.BlockBytes)
            return Encoding.UTF8.GetString(GetSpan(start, (int)length));

        byte[] buffer = ArrayPool<byte>.Shared.Rent((int)length);
        try
        {
            var bytes = buffer.AsSpan(0, (int)length);
            Read(start, bytes);
            return Encoding.UTF8.GetString(bytes);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>How much of a range lies before the end of the first block in it.</summary>
    internal static int BlockLength(long start, long end) =>
        (int)Math.Min(BlockCache.BlockBytes - (start % BlockCache.BlockBytes), end - start);

    private static string? Guess(Func<string?> guess)
    {
        try
        {
            return guess();
        }
        catch (TextException)
        {
            // A text that cannot be read any more has said so to who reads it.
            return null;
        }
    }

    private string? GuessAround(long place)
    {
        long start = Math.Max(0, place - (BlockCache.BlockBytes / 2));
        long end = Math.Min(LengthBytes, start + BlockCache.BlockBytes);
        return EncodingGuess.Of(GetSpan(start, (int)(end - start)), startsInside: start > 0, endsInside: end < LengthBytes);
    }

    private string? GuessFromSamples()
    {
        string? guess = EncodingGuess.Of(GetStart(SampleBytes), startsInside: false, endsInside: LengthBytes > SampleBytes);
        long rest = LengthBytes - SampleBytes;
        for (int i = 1; i <= MoreSamples && guess is null && rest > 0; i++)
        {
            // Even offsets keep units of 16 bits together.
            long start = (SampleBytes + (rest / MoreSamples * (i - 1))) & ~1L;
            int length = (int)Math.Min(BlockCache.BlockBytes, LengthBytes - start);
            guess = EncodingGuess.Of(GetSpan(start, length), startsInside: true, endsInside: start + length < LengthBytes);
        }

        return guess;
    }

    private protected virtual void Release() { }
}
