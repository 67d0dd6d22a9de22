using Rlm.Files.Packages;
using Rlm.Files.Sheets;
using Rlm.Files.Slides;
using Rlm.Files.Word;

namespace Rlm.Files;

/// <summary>Reads Word, Excel and PowerPoint files by what is in them, and refuses what is written in older ways.</summary>
internal sealed class OfficeReader : IRlmFileReader
{
    // The name of a stream, in UTF-16.
    private static ReadOnlySpan<byte> EncryptedPackage =>
        "E\0n\0c\0r\0y\0p\0t\0e\0d\0P\0a\0c\0k\0a\0g\0e\0"u8;

    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => OfficeFile.Is(path, start) ? RlmFileContent.Text : null;

    public void Read(string path, Stream file, IRlmFileText text)
    {
        try
        {
            using var whole = new MemoryStream();
            file.CopyTo(whole);
            var bytes = whole.GetBuffer().AsSpan(0, (int)whole.Length);
            if (OfficeFile.IsOld(bytes))
                throw new PartException(RefusalOf(bytes));

            whole.Position = 0;
            using var package = FilePackage.Open(whole);
            Read(package, text);
        }
        catch (PartException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    private static string RefusalOf(ReadOnlySpan<byte> file) => file.IndexOf(EncryptedPackage) >= 0
        ? "it is encrypted, and opens with a password; save a copy without one"
        : "it is written in the way before 2007; save it as .docx, .xlsx or .pptx, as with `soffice --convert-to docx FILE`, "
            + "or give its text, as with `catdoc FILE | rlm … -c -` or `xls2csv FILE | rlm … -c -`";

    private static void Read(FilePackage package, IRlmFileText text)
    {
        string? main = PartRelations.Of(package, "").OfType("officeDocument").FirstOrDefault();
        if (main is null)
        {
            throw new PartException(package.Has("[Content_Types].xml")
                ? "it has no document, workbook or presentation in it; it may be damaged"
                : "it is a zip file, and no Office file; unpack it first");
        }

        if (main.EndsWith(".bin", StringComparison.OrdinalIgnoreCase))
            throw new PartException("it is a binary workbook; save it as .xlsx");

        string root = "";
        package.ReadXml(main, xml => root = xml.Name);
        switch (root)
        {
            case "document":
                WordDocument.Read(package, main, text);
                break;
            case "workbook":
                WorkbookReader.Read(package, main, text);
                break;
            case "presentation":
                SlidesReader.Read(package, main, text);
                break;
            default:
                throw new PartException($"it holds {PartException.ToOneLine(root)}, and neither a document, workbook nor presentation");
        }
    }
}
