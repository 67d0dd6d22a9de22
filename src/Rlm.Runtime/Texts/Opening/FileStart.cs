using Rlm.Runtime.Texts.Encodings;
using Rlm.Runtime.Texts.Formats;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Opening;

/// <summary>What the first bytes of a document among many tell, so that it need not be opened again for that.</summary>
/// <param name="IsBinary">Whether it is not a text.</param>
/// <param name="LikelyEncoding">What it looks like where it is not UTF-8; null for UTF-8.</param>
/// <param name="Content">What a reader makes of it; null where none does.</param>
/// <param name="Kind">What a message calls it where it is not a text; null where that is not known.</param>
/// <param name="Problem">Why it cannot be read; null where it can.</param>
/// <param name="Reader">What tells the reader from others.</param>
/// <param name="HasEncodedMail">Whether it is mail with parts that are not decoded; null where that is not known.</param>
/// <param name="IsPacked">Whether its text is packed, so that the first bytes do not tell its encoding.</param>
internal readonly record struct FileStart(
    bool IsBinary, string? LikelyEncoding, RlmFileContent? Content = null, string? Kind = null, TextException? Problem = null, bool IsPacked = false,
    string Reader = "", bool? HasEncodedMail = null)
{
    /// <summary>How much is looked at.</summary>
    public const int SampleBytes = 64 * 1024;

    private const int NulBytes = 8 * 1024;

    /// <param name="file">The file.</param>
    /// <param name="isEncoded">Whether its encoding is given, so that NUL bytes may be text.</param>
    /// <param name="first">A reader that is asked before the registered ones; null for none.</param>
    public static FileStart Of(ListedFile file, bool isEncoded, IRlmFileReader? first)
    {
        try
        {
            return Read(file, isEncoded, first);
        }
        catch (TextException exception)
        {
            return new FileStart(false, null, Problem: exception);
        }
        catch (IOException exception)
        {
            return new FileStart(false, null, Problem: TextException.Unreadable(file.Path, exception));
        }
    }

    private static FileStart Read(ListedFile file, bool isEncoded, IRlmFileReader? first)
    {
        // Nothing is read of an empty file.
        string path = file.Path;
        long length = file.LengthBytes;
        if (length == 0)
            return default;

        ReadOnlySpan<byte> start = file.ReadStart(SampleBytes);
        if (FileReaders.Find(path, start, first) is { } reader)
            return new FileStart(false, null, reader.Content, Reader: reader.Reader.IdentityOf(path));
        if (Compression.Find(path, start) is { } compression)
            return new FileStart(!compression.IsRead, null, IsPacked: true);
        if (FileFormat.Find(start) is { } format)
            return new FileStart(true, null, Kind: format.Name);
        if (isEncoded || ByteOrderMark.Find(start)?.Encoding is not null)
            return default;

        string? likely = EncodingGuess.Of(start, startsInside: false, endsInside: start.Length < length);
        return new FileStart(start[..Math.Min(start.Length, NulBytes)]
            .Contains((byte)0) && likely?.StartsWith("utf-16", StringComparison.Ordinal) != true, likely, HasEncodedMail: MailMarks.HasEncodedParts(start));
    }
}
