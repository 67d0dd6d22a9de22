using Rlm.Files.Mail;

namespace Rlm.Files;

/// <summary>What a file is that is read here, by its name and its first bytes.</summary>
/// <remarks>Linked into <c>rlm</c>, which asks <c>rlm-docs</c> for these files alone.</remarks>
internal static class ReadableFile
{
    /// <summary>What the readers make of the file; null where none takes it.</summary>
    public static RlmFileContent? ContentOf(string path, ReadOnlySpan<byte> start) =>
        IsPdf(start) || IsDatabase(start) || OfficeFile.Is(path, start) || BookFile.Is(path, start)
            ? RlmFileContent.Text
            : MailNames.FindContent(path, start);

    /// <summary>Whether it is an SQLite file.</summary>
    public static bool IsDatabase(ReadOnlySpan<byte> start) => start.StartsWith("SQLite format 3\0"u8);

    /// <summary>Blanks and a byte order mark may stand before the mark, as what servers put there.</summary>
    public static bool IsPdf(ReadOnlySpan<byte> start) => start.TrimStart("\uFEFF \t\r\n\f\0"u8).StartsWith("%PDF-"u8);
}
