using System.Text;

namespace Rlm.Runtime.Texts.Formats;

/// <summary>A format of files that are not texts, which they show by their first bytes.</summary>
/// <param name="Name">What a message calls such a file, with its article.</param>
/// <param name="Advice">How its text, if it has one, is read; FILE stands for the path.</param>
internal sealed record FileFormat(string Name, string Advice)
{
    /// <summary>How many first bytes tell of all formats.</summary>
    public const int SignatureBytes = 512;

    private const string Reader = "add the package Rlm.Files and call `RlmFiles.Register()` when the program starts, or give its text";
    private const string Image = "read its words first, as with `tesseract FILE - | rlm … -c -`";
    private const string Recording = "transcribe it first";
    private const string Program = "its words are `strings FILE | rlm … -c -`";
    private const string Archive = "unpack it, and give the directory";

    private static readonly (int At, byte[] Bytes, FileFormat Format)[] All =
    [
        Text("%PDF-", "a PDF", $"{Reader}, as with `pdftotext FILE -`"),
        Hex("D0CF11E0A1B11AE1", "an old or encrypted Office file", "give its text, as with `catdoc FILE | rlm … -c -` or `xls2csv FILE | rlm … -c -`"),
        Text("SQLite format 3\0", "an SQLite database",
            "give rows, as with `sqlite3 -header -csv FILE \"select * from TABLE\" | rlm … -c -`"),
        Text("PAR1", "a Parquet file", "give rows, as with `duckdb -csv -c \"from 'FILE'\" | rlm … -c -`"),
        Text("ARROW1\0\0", "an Arrow file", "write it as CSV first"),
        Text("Obj\u0001", "an Avro file", "write it as JSON lines first, as with `avro-tools tojson FILE | rlm … -c -`"),
        Hex("894844460D0A1A0A", "an HDF5 file", "write it as CSV first"),
        Hex("934E554D5059", "a NumPy array", "write it as CSV first"),
        Hex("89504E470D0A1A0A", "an image", Image),
        Hex("FFD8FF", "an image", Image),
        Text("GIF87a", "an image", Image),
        Text("GIF89a", "an image", Image),
        Hex("49492A00", "an image", Image),
        Hex("4D4D002A", "an image", Image),
        Hex("00000100", "an image", Image),
        (8, "WEBP"u8.ToArray(), new FileFormat("an image", Image)),
        (4, "ftypheic"u8.ToArray(), new FileFormat("an image", Image)),
        (4, "ftypavif"u8.ToArray(), new FileFormat("an image", Image)),
        (4, "ftyp"u8.ToArray(), new FileFormat("a video", Recording)),
        (8, "WAVE"u8.ToArray(), new FileFormat("a recording", Recording)),
        (8, "AVI "u8.ToArray(), new FileFormat("a video", Recording)),
        Hex("1A45DFA3", "a video", Recording),
        Text("OggS", "a recording", Recording),
        Text("fLaC", "a recording", Recording),
        Text("ID3", "a recording", Recording),
        Hex("7F454C46", "an executable", Program),
        Text("MZ", "an executable", Program),
        Hex("CFFAEDFE", "an executable", Program),
        Hex("CEFAEDFE", "an executable", Program),
        Hex("FEEDFACF", "an executable", Program),
        Hex("CAFEBABE", "an executable", Program),
        Hex("0061736D", "an executable", Program),
        Hex("377ABCAF271C", "a 7z archive", Archive),
        Text("Rar!\u001A\u0007", "a rar archive", Archive),
        (257, "ustar"u8.ToArray(), new FileFormat(
            "a tar archive", "give its texts, as with `tar -xOf FILE | rlm … -c -`, or unpack it and give the directory")),
        Text("!<arch>\n", "an archive", Archive),
        Text("wOFF", "a font", "it holds no text"),
        Text("wOF2", "a font", "it holds no text"),
        Text("OTTO", "a font", "it holds no text"),
    ];

    // Marks that a text may have as well, as those behind its start: a file that is not a text has zero bytes near its start.
    private static readonly string[] Short = ["MZ", "ID3", "PAR1", "OTTO", "Obj\u0001"];

    /// <summary>The format of a file that starts so; null for anything else.</summary>
    public static FileFormat? Find(ReadOnlySpan<byte> start)
    {
        foreach (var (at, bytes, format) in All)
        {
            if (start.Length >= at + bytes.Length && start.Slice(at, bytes.Length).SequenceEqual(bytes)
                && (!IsWeak(at, bytes) || start.Contains((byte)0)))
                return format;
        }

        return start.StartsWith("PK\u0003\u0004"u8) ? ZipOf(start) : null;
    }

    /// <summary>Refuses such a file, with the way to read it.</summary>
    public TextException Refusal(string path) => new($"`{path}` is {Name}, which is not read; {Advice}");

    private static bool IsWeak(int at, byte[] bytes) => at > 0 || Short.Contains(Encoding.Latin1.GetString(bytes));

    /// <summary>What a zip file is by the name of its first entry, which Office files and books begin with.</summary>
    private static FileFormat ZipOf(ReadOnlySpan<byte> start)
    {
        if (start.IndexOf("application/epub"u8) >= 0)
            return new FileFormat("a book", $"{Reader}, as with `pandoc -t plain FILE | rlm … -c -`");
        if (start.IndexOf("opendocument.text"u8) >= 0)
            return new FileFormat("a document in a zip file", "give its text, as with `pandoc -t plain FILE | rlm … -c -`");
        if (start.IndexOf("word/"u8) >= 0)
            return new FileFormat("a Word file", $"{Reader}, as with `pandoc -t plain FILE | rlm … -c -`");
        if (start.IndexOf("opendocument.spreadsheet"u8) >= 0)
            return new FileFormat("a spreadsheet", "give its rows, as with `soffice --convert-to csv FILE`");
        if (start.IndexOf("xl/"u8) >= 0)
            return new FileFormat("a spreadsheet", $"{Reader}, as with `xlsx2csv FILE | rlm … -c -`");
        if (start.IndexOf("[Content_Types].xml"u8) >= 0)
            return new FileFormat(
                "an Office file",
                $"{Reader}, as with `pandoc -t plain FILE | rlm … -c -`, or its rows, as with `xlsx2csv FILE | rlm … -c -`");
        return new FileFormat("a zip file", "unpack it first, or pipe it in, as with `unzip -p FILE | rlm … -c -`");
    }

    private static (int At, byte[] Bytes, FileFormat Format) Text(string mark, string name, string advice) =>
        (0, Encoding.Latin1.GetBytes(mark), new FileFormat(name, advice));

    private static (int At, byte[] Bytes, FileFormat Format) Hex(string mark, string name, string advice) =>
        (0, Convert.FromHexString(mark), new FileFormat(name, advice));
}
