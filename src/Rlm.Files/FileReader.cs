using Rlm.Files.Books;
using Rlm.Files.Databases;
using Rlm.Files.Mail;
using Rlm.Files.Pdf;

namespace Rlm.Files;

/// <summary>Gives each file to the reader of its format.</summary>
internal sealed class FileReader : IRlmFileReader
{
    private readonly IRlmFileReader[] _all;

    public FileReader() => _all = [new PdfReader(), new OfficeReader(), new BookReader(), new DatabaseReader(), new MailReader(this)];

    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => ReadableFile.ContentOf(path, start);

    public void Read(string path, Stream file, IRlmFileText text)
    {
        var (start, content) = StartedFile.Of(file);
        var reader = Array.Find(_all, reader => reader.FindContent(path, start) is not null)
            ?? throw new InvalidDataException("it is of no format that is read");
        reader.Read(path, content, text);
    }
}
