using System.IO.Compression;
using System.Runtime.CompilerServices;
using System.Text;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>
/// A compression that a file shows by its first bytes, brotli by its name. Its text is what is in it, kept like that of a stream.
/// </summary>
internal sealed class Compression
{
    /// <summary>How many first bytes tell of all that have a mark.</summary>
    public const int SignatureBytes = 6;

    private static readonly Compression[] All =
    [
        new("gzip", [0x1F, 0x8B, 0x08], static stream => new GZipStream(stream, CompressionMode.Decompress)),
        new("zstd", [0x28, 0xB5, 0x2F, 0xFD], static stream => DocumentReader.Registered!.OpenZstd(stream)) { NeedsReader = true },
        new("xz", [0xFD, 0x37, 0x7A, 0x58, 0x5A, 0x00], null),
        new("bzip2", [0x42, 0x5A, 0x68], null),
    ];

    private static readonly Compression Brotli = new("brotli", [], static stream => new BrotliStream(stream, CompressionMode.Decompress));

    private readonly string _name;
    private readonly byte[] _signature;
    private readonly Func<Stream, Stream>? _open;

    private Compression(string name, byte[] signature, Func<Stream, Stream>? open)
    {
        _name = name;
        _signature = signature;
        _open = open;
    }

    /// <summary>Whether files of it can be read.</summary>
    public bool IsRead => _open is not null && (!NeedsReader || DocumentReader.Registered is not null);

    private bool NeedsReader { get; init; }

    /// <summary>Has .NET refuse what is cut short, which otherwise passes for a shorter text without a word.</summary>
    /// <remarks>.NET looks once, when something is first unpacked, which may be the reply of a model.</remarks>
#pragma warning disable CA2255 // No later moment is certain to come before that.
    [ModuleInitializer]
#pragma warning restore CA2255
    internal static void ValidateStrictly() => AppContext.SetSwitch("System.IO.Compression.UseStrictValidation", true);

    /// <summary>The compression of a file of that name that starts so; null for a file that is none of them.</summary>
    public static Compression? Find(string path, ReadOnlySpan<byte> start)
    {
        if (path.EndsWith(".br", StringComparison.OrdinalIgnoreCase))
            return Brotli;

        foreach (var compression in All)
        {
            // A text may begin with BZh as well: in a packed file a digit and the first block's mark follow.
            if (start.StartsWith(compression._signature)
                && (compression._name != "bzip2" || start is [_, _, _, >= (byte)'1' and <= (byte)'9', 0x31, 0x41, ..]))
                return compression;
        }

        return null;
    }

    /// <summary>The text in the file, from an encoding where one is given.</summary>
    /// <exception cref="TextException">The file is cut short or damaged, or is of a compression that is not read.</exception>
    public TextSource ReadToEnd(Stream file, string path, string name, Encoding? encoding)
    {
        if (_open is null)
            throw Refusal(path);
        if (!IsRead)
            throw new TextException($"`{path}` is a {_name} file, which this host has no reader for; {DocumentReader.HowToAdd}, or unpack the file first");

        try
        {
            using var content = _open(file);
            return TextSpool.ReadToEnd(content, name, encoding);
        }
        catch (Exception exception) when (exception is InvalidDataException or InvalidOperationException
            or TextException { InnerException: EndOfStreamException })
        {
            throw new TextException(
                $"`{path}` is a damaged {_name} file: {TextException.ToOneLine(exception.InnerException as EndOfStreamException ?? exception)}",
                exception);
        }
    }

    /// <summary>What a packed file is called without its packing, as <c>box.mbox</c> for <c>box.mbox.gz</c>.</summary>
    public static string UnpackedName(string name) =>
        Path.GetExtension(name).ToLowerInvariant() is ".gz" or ".zst" or ".br" ? Path.ChangeExtension(name, null) : name;

    /// <summary>Refuses what is packed and not read, with the way to read it.</summary>
    public TextException Refusal(string path) =>
        new($"`{path}` is a {_name} file, which is not read; unpack it first, or pipe it in, as with `{Unpacker} FILE | rlm … -c -`");

    private string Unpacker => _name switch { "xz" => "xzcat", "bzip2" => "bzcat", "zstd" => "zstdcat", _ => "zcat" };
}
