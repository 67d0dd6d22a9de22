using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Text.Unicode;

namespace Rlm.Providers.Wire;

/// <summary>
/// Reads a reply's bytes, decompressed and bounded, and repairs what would stop a JSON reader in an otherwise good reply.
/// </summary>
/// <remarks>
/// Decompression is done here, not by the handler, which takes its own layer of each call and parses the accepted encodings anew. Headers
/// are read as they came: to parse them into objects would take longer than to read a usual reply.
/// </remarks>
internal static class ReplyBody
{
    /// <summary>The encodings that are undone here.</summary>
    public const string Encodings = "gzip, br";

    private const int FirstBytes = 16 * 1024;

    // A length that is only claimed must not cost the whole of it.
    private const int MaxFirstBytes = 1024 * 1024;

    /// <summary>
    /// The most that long replies may take together while they are read: a few that were sent packed could take all memory otherwise.
    /// </summary>
    public const long MostTogetherBytes = 128L << 20;

    private static long _together;

    /// <summary>
    /// The whole body, or null when it is longer than <paramref name="maxBytes"/>, or those that are read at the
    /// same time are too long together.
    /// </summary>
    public static async Task<Memory<byte>?> TryReadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        string? encoding = Header(content, "Content-Encoding");
        long? length = encoding is null && long.TryParse(
            Header(content, "Content-Length"), NumberStyles.None, CultureInfo.InvariantCulture, out long sent) ? sent : null;
        if (length > maxBytes)
            return null;

        using var stream = DecodeStream(await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), encoding);
        byte[] buffer = new byte[length is { } bytes ? (int)Math.Min(bytes + 1, MaxFirstBytes) : FirstBytes];
        long taken = 0;
        try
        {
            for (int filled = 0; ;)
            {
                int read = await stream.ReadAsync(buffer.AsMemory(filled), cancellationToken).ConfigureAwait(false);
                filled += read;
                if (filled > maxBytes)
                    return null;

                if (read == 0)
                    return buffer.AsMemory(0, filled);

                if (filled < buffer.Length)
                    continue;

                if (buffer.Length >= MaxFirstBytes)
                {
                    taken += buffer.Length;
                    if (Interlocked.Add(ref _together, buffer.Length) > MostTogetherBytes)
                        return null;
                }

                Array.Resize(ref buffer, (int)Math.Min(Array.MaxLength, buffer.Length * 2L));
            }
        }
        finally
        {
            Interlocked.Add(ref _together, -taken);
        }
    }

    /// <summary>The first bytes of the body, at most <paramref name="maxBytes"/>; what fails while reading is left out.</summary>
    public static async Task<Memory<byte>> ReadHeadAsync(HttpContent content, int maxBytes, CancellationToken cancellationToken)
    {
        byte[] buffer = new byte[maxBytes];
        int filled = 0;
        try
        {
            using var stream = DecodeStream(
                await content.ReadAsStreamAsync(cancellationToken).ConfigureAwait(false), Header(content, "Content-Encoding"));
            filled = await stream.ReadAtLeastAsync(buffer, maxBytes, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception exception) when (exception is IOException or HttpRequestException || IsUndecodable(exception))
        {
            // The status says enough.
        }

        return buffer.AsMemory(0, filled);
    }

    /// <summary>
    /// Replaces invalid UTF-8 and escapes of half a surrogate pair, which servers send when a limit cuts a character, by U+FFFD.
    /// </summary>
    public static ReadOnlyMemory<byte> Repair(Memory<byte> body)
    {
        if (!Utf8.IsValid(body.Span))
            body = Encoding.UTF8.GetBytes(Encoding.UTF8.GetString(body.Span));

        var bytes = body.Span.StartsWith("\uFEFF"u8) ? body[3..].Span : body.Span;
        int start = body.Length - bytes.Length;
        for (int at = bytes.IndexOf((byte)'\\'); at >= 0 && at + 1 < bytes.Length;)
        {
            int next = at + 2;
            if (Escape(bytes[at..]) is { } unit && char.IsSurrogate(unit))
            {
                next = at + 6;
                if (char.IsHighSurrogate(unit) && Escape(bytes[next..]) is { } low && char.IsLowSurrogate(low))
                    next += 6;
                else
                    "FFFD"u8.CopyTo(bytes[(at + 2)..]);
            }

            int found = bytes[next..].IndexOf((byte)'\\');
            at = found < 0 ? -1 : next + found;
        }

        return body[start..];
    }

    /// <summary>Whether it is what gzip and Brotli throw at bytes that are none of theirs.</summary>
    public static bool IsUndecodable(Exception exception) =>
        exception is InvalidDataException or InvalidOperationException and not ObjectDisposedException;

    /// <summary>The content type without its parameters; null where none is said.</summary>
    public static string? MediaType(HttpContent content) => Header(content, "Content-Type")?.Split(';')[0].Trim();

    /// <summary>A header as it came; null where there is none.</summary>
    private static string? Header(HttpContent content, string name) =>
        content.Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    /// <summary>The stream with its last encoding undone.</summary>
    private static Stream DecodeStream(
        Stream stream, string? encoding) => encoding?[(encoding.LastIndexOf(',') + 1)..].Trim().ToLowerInvariant() switch
        {
            "gzip" => new GZipStream(stream, CompressionMode.Decompress),
            "br" => new BrotliStream(stream, CompressionMode.Decompress),
            _ => stream,
        };

    private static char? Escape(ReadOnlySpan<byte> text)
    {
        if (text.Length < 6 || text[0] != '\\' || text[1] != 'u')
            return null;

        return ushort.TryParse(text[2..6], NumberStyles.AllowHexSpecifier, null, out ushort unit) ? (char)unit : null;
    }
}
