using Rlm.Files;

namespace Rlm;

/// <summary>The readers of files that are not texts, which the runtime refuses until they are registered.</summary>
public static class RlmFiles
{
    /// <summary>
    /// Reads PDF, Word, Excel, PowerPoint, EPUB and SQLite. Pages (<c>p12</c>), paragraphs (<c>¶12</c>), rows (<c>Sheet1!A7</c>,
    /// <c>orders!7</c>), slides (<c>s3</c>) and chapters (<c>ch3</c>) are places; a form feed on a line of its own parts pages, sheets, tables,
    /// slides and chapters. Reads mails and
    /// mailboxes; each mail is a document of its own.
    /// </summary>
    public static IRlmFileReader Reader { get; } = new FileReader();

    /// <summary>
    /// Lets <see cref="TextSource"/> open such files in the whole process. To be called before the first text is opened; a second call changes
    /// nothing.
    /// </summary>
    public static void Register() => TextSource.RegisterReader(Reader);
}
