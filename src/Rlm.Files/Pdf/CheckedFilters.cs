using UglyToad.PdfPig.Filters;

namespace Rlm.Files.Pdf;

/// <summary>The library's filters, of which the usual one tells of damage.</summary>
internal sealed class CheckedFilters(PdfDamage damage) : BaseFilterProvider(MakeFilters(damage))
{
    private static Dictionary<string, IFilter> MakeFilters(PdfDamage damage)
    {
        var flate = new CheckedFlateFilter(damage);
        var ascii85 = new Ascii85Filter();
        var hex = new AsciiHexDecodeFilter();
        var lzw = new LzwFilter();
        var runs = new RunLengthFilter();
        return new Dictionary<string, IFilter>
        {
            ["FlateDecode"] = flate,
            ["Fl"] = flate,
            ["ASCII85Decode"] = ascii85,
            ["A85"] = ascii85,
            ["ASCIIHexDecode"] = hex,
            ["AHx"] = hex,
            ["LZWDecode"] = lzw,
            ["LZW"] = lzw,
            ["RunLengthDecode"] = runs,
            ["RL"] = runs,
            ["CCITTFaxDecode"] = new CcittFaxDecodeFilter(),
            ["CCF"] = new CcittFaxDecodeFilter(),
            ["DCTDecode"] = new DctDecodeFilter(),
            ["DCT"] = new DctDecodeFilter(),
            ["JBIG2Decode"] = new Jbig2DecodeFilter(),
            ["JPXDecode"] = new JpxDecodeFilter(),
        };
    }
}
