using System.IO.Compression;
using System.Text;

namespace Rlm.Testing;

/// <summary>Makes small PDFs: pages of lines in a font that every reader has.</summary>
public sealed class PdfFile
{
    private readonly List<byte[]> _objects = [];
    private readonly List<int> _pages = [];

    /// <summary>What else stands in the trailer, such as <c>/Encrypt</c>.</summary>
    public string Trailer { get; init; } = "";

    /// <summary>What else is said of the font, such as <c>/Encoding</c>.</summary>
    public string Font { get; init; } = "";

    /// <summary>What else stands in the catalogue, such as <c>/AcroForm</c>; of what <see cref="Add(string)"/> gave the numbers of.</summary>
    public string Catalog { get; set; } = "";

    /// <summary>Whether what pages hold is packed, as it mostly is.</summary>
    public bool IsPacked { get; init; }

    /// <summary>A PDF of a page for each text; a line break begins a line.</summary>
    public static byte[] Of(params string[] pages)
    {
        var file = new PdfFile();
        foreach (string page in pages)
            file.AddPage(page);
        return file.ToBytes();
    }

    /// <summary>Adds a page of text, and with an image where it is said.</summary>
    /// <param name="text">What stands on it.</param>
    /// <param name="hasImage">Whether it has an image.</param>
    /// <param name="imageSize">How wide and high the image is; the page is 612 and 792.</param>
    /// <param name="entries">What else is said of the page, such as <c>/Annots</c>.</param>
    public PdfFile AddPage(string text, bool hasImage = false, string imageSize = "100 0 0 100 50 50", string entries = "")
    {
        var content = new StringBuilder();
        if (hasImage)
            content.Append($"q {imageSize} cm /Image Do Q\n");
        int y = 720;
        foreach (string line in text.Split('\n'))
        {
            if (line.Length > 0)
                content.Append($"BT /Font 12 Tf 72 {y} Td ({line}) Tj ET\n");
            y -= 14;
        }

        return AddDrawn(content.ToString(), hasImage, entries: entries);
    }

    /// <summary>Adds a page of what is drawn, in the operators of PDF; <c>/Font</c> is its font.</summary>
    public PdfFile AddDrawn(string content, bool hasImage = false, int rotate = 0, string entries = "")
    {
        int image = hasImage ? AddStream("/Type /XObject /Subtype /Image /Width 1 /Height 1 /ColorSpace /DeviceGray /BitsPerComponent 8", [0], false) : 0;
        int stream = AddStream("", Encoding.Latin1.GetBytes(content), IsPacked);
        string images = hasImage ? $"/XObject << /Image {image} 0 R >>" : "";
        _pages.Add(Add($"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 612 792] /Rotate {rotate} {entries} /Contents {stream} 0 R "
            + $"/Resources << /Font << /Font << /Type /Font /Subtype /Type1 /BaseFont /Helvetica {Font} >> >> {images} >> >>"));
        return this;
    }

    /// <summary>The file.</summary>
    public byte[] ToBytes()
    {
        byte[][] all =
        [
            Encoding.Latin1.GetBytes($"<< /Type /Catalog /Pages 2 0 R {Catalog} >>"),
            Encoding.Latin1.GetBytes($"<< /Type /Pages /Count {_pages.Count} /Kids [{string.Join(' ', _pages.Select(page => $"{page} 0 R"))}] >>"),
            .. _objects,
        ];
        using var bytes = new MemoryStream();
        var starts = new List<long>();
        void Write(string text) => bytes.Write(Encoding.Latin1.GetBytes(text));
        Write("%PDF-1.7\n%\u00E2\u00E3\u00CF\u00D3\n");
        for (int i = 0; i < all.Length; i++)
        {
            starts.Add(bytes.Position);
            Write($"{i + 1} 0 obj\n");
            bytes.Write(all[i]);
            Write("\nendobj\n");
        }

        long table = bytes.Position;
        Write($"xref\n0 {all.Length + 1}\n0000000000 65535 f \n");
        foreach (long start in starts)
            Write($"{start:0000000000} 00000 n \n");
        Write($"trailer\n<< /Size {all.Length + 1} /Root 1 0 R {Trailer} >>\nstartxref\n{table}\n%%EOF\n");
        return bytes.ToArray();
    }

    private int AddStream(string entries, byte[] content, bool isPacked)
    {
        byte[] data = isPacked ? Pack(content) : content;
        string filter = isPacked ? "/Filter /FlateDecode" : "";
        return Add([.. Encoding.Latin1.GetBytes($"<< {entries} {filter} /Length {data.Length} >>\nstream\n"), .. data, .. "\nendstream"u8]);
    }

    private static byte[] Pack(byte[] content)
    {
        using var packed = new MemoryStream();
        using (var stream = new ZLibStream(packed, CompressionLevel.Optimal))
            stream.Write(content);
        return packed.ToArray();
    }

    /// <summary>Adds an object; gives its number.</summary>
    public int Add(string content) => Add(Encoding.Latin1.GetBytes(content));

    // The catalogue and the list of pages come first.
    private int Add(byte[] content)
    {
        _objects.Add(content);
        return _objects.Count + 2;
    }
}
