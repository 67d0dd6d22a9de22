using System.IO.Compression;
using UglyToad.PdfPig.Filters;
using UglyToad.PdfPig.Tokens;

namespace Rlm.Files.Pdf;

/// <summary>Looks at the checksum of packed data: the library takes what comes before the damage for all of it.</summary>
internal sealed class CheckedFlateFilter(PdfDamage damage) : IFilter
{
    // A page's data are some KB; a small file may unpack to a thousand times its size.
    private const long MostBytes = 256L << 20;
    private const int BufferBytes = 64 * 1024;

    private readonly FlateFilter _filter = new();

    public bool IsSupported => _filter.IsSupported;

    public Memory<byte> Decode(Memory<byte> input, DictionaryToken streamDictionary, IFilterProvider filterProvider, int filterIndex)
    {
        if (!IsWhole(input))
            damage.Warn("packed data are damaged");
        return _filter.Decode(input, streamDictionary, filterProvider, filterIndex);
    }

    private static bool IsWhole(Memory<byte> packed)
    {
        if (packed.Length == 0)
            return true;

        using var bytes = new MemoryStream(packed.ToArray());
        using var unpacked = new ZLibStream(bytes, CompressionMode.Decompress);
        byte[] buffer = new byte[BufferBytes];
        long length = 0;
        try
        {
            for (int count; (count = unpacked.Read(buffer)) > 0;)
            {
                length += count;
                if (length > MostBytes)
                    throw new NotSupportedException(Invariant($"it unpacks to more than {MostBytes >> 20} MiB"));
            }
        }
        catch (InvalidDataException)
        {
            return false;
        }

        return true;
    }
}
