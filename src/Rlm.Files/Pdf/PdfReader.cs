using UglyToad.PdfPig;
using UglyToad.PdfPig.Content;
using UglyToad.PdfPig.Exceptions;

namespace Rlm.Files.Pdf;

/// <summary>Reads PDF page by page. What the library passes over in silence is found by <see cref="PdfDamage"/>.</summary>
internal sealed class PdfReader : IRlmFileReader
{
    /// <summary>Ends a page, and begins the next: what is cut at form feeds lies in one page.</summary>
    private const string PageEnd = "\n", PageStart = "\f\n";

    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => ReadableFile.IsPdf(start) ? RlmFileContent.Text : null;

    public void Read(string path, Stream file, IRlmFileText text)
    {
        var bytes = ReadAll(file);
        var damage = new PdfDamage();
        var pages = new PdfPages();
        using var document = Open(bytes, damage);
        var form = PdfForm.Of(document, damage);
        var notes = new PdfNotes(new PdfTokens(document.Structure));
        string? damageOfFile = damage.First;
        for (int number = 1; number <= document.NumberOfPages; number++)
            ReadPage(document, number, form, notes, damage, pages, text);

        pages.RequireText();
        pages.TellGaps(text);
        if (form.IsClosed)
            text.AddGap("it holds a form of XFA, whose fields are not read; print it as a PDF first");
        notes.TellGap(text);
        if (damageOfFile is not null)
            text.AddGap($"the file is damaged ({damageOfFile}), and may lack pages");
        if (bytes.Span[Math.Max(0, bytes.Length - PdfDamage.EndBytes)..].IndexOf("%%EOF"u8) < 0)
            text.AddGap("the file does not end as a PDF does, so that it may be cut short and lack pages");
    }

    private static ReadOnlyMemory<byte> ReadAll(Stream file)
    {
        // Not disposed, as its buffer is used on.
        var bytes = new MemoryStream();
        file.CopyTo(bytes);
        return bytes.GetBuffer().AsMemory(0, (int)bytes.Length);
    }

    private static PdfDocument Open(ReadOnlyMemory<byte> bytes, PdfDamage damage)
    {
        try
        {
            return PdfDocument.Open(
                bytes, new ParsingOptions { Logger = damage, FilterProvider = new CheckedFilters(damage), SkipMissingFonts = true });
        }
        catch (PdfDocumentEncryptedException exception)
        {
            throw new InvalidDataException(
                "it is encrypted, and opens with a password; give a copy without one, as with `qpdf --decrypt --password=… FILE COPY`",
                exception);
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            // A damaged file makes the library throw many types, such as InvalidCastException.
            throw new InvalidDataException(
                $"it is damaged or cut short ({PdfDamage.ToOneLine(exception)}); {PdfDamage.Advice}", exception);
        }
    }

    private static void ReadPage(PdfDocument document, int number, PdfForm form, PdfNotes notes, PdfDamage damage, PdfPages pages, IRlmFileText text)
    {
        damage.Clear();
        var lines = new List<string>();
        bool isScan = false;
        try
        {
            var page = document.GetPage(number);
            string drawn = GetText(page);
            if (drawn.Length > 0)
                lines.Add(drawn);
            isScan = PdfScan.Is(page, drawn);
            lines.AddRange(notes.LinesOf(page));
            lines.AddRange(form.LinesOf(page));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            damage.Add(exception);
        }

        if (number == document.NumberOfPages)
            lines.AddRange(form.TakeOthers());
        string read = string.Join('\n', lines);
        if (number > 1)
            text.Write(PageEnd);
        text.StartPlace(Invariant($"p{number}"));
        text.Write(number == 1 ? read : PageStart + read);
        pages.Add(number, read, isScan, damage);
    }

    private static string GetText(Page page) => Signs.Read(PdfText.Of(page)).ReplaceLineEndings("\n").TrimEnd();
}
