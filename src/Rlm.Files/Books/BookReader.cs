using Rlm.Files.Packages;

namespace Rlm.Files.Books;

/// <summary>
/// Writes an EPUB chapter by chapter, each a place (<c>ch3</c>) counted in the order of reading, parted by a form feed on a line.
/// </summary>
internal sealed class BookReader : IRlmFileReader
{
    private const string Encryption = "META-INF/encryption.xml";

    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) => BookFile.Is(path, start) ? RlmFileContent.Text : null;

    public void Read(string path, Stream file, IRlmFileText text)
    {
        try
        {
            using var whole = new MemoryStream();
            file.CopyTo(whole);
            using var package = FilePackage.Open(whole);
            RequireOpen(package);
            ReadChapters(package, BookSpine.Of(package), text);
        }
        catch (PartException exception)
        {
            throw new InvalidDataException(exception.Message, exception);
        }
    }

    /// <summary>Fonts may be scrambled, which hides no text.</summary>
    private static void RequireOpen(FilePackage package)
    {
        bool isEncrypted = package.Has("META-INF/rights.xml");
        if (package.Has(Encryption))
        {
            package.ReadXml(Encryption, xml =>
            {
                foreach (string name in xml.Descendants())
                {
                    isEncrypted |= name == "EncryptionMethod" && xml.Find("Algorithm") is not ("http://www.idpf.org/2008/embedding" or
                        "http://ns.adobe.com/pdf/enc#RC");
                }
            });
        }

        if (isEncrypted)
            throw new PartException("it is encrypted for the programs of its seller; give a copy that is not protected");
    }

    private static void ReadChapters(FilePackage package, IReadOnlyList<string> chapters, IRlmFileText text)
    {
        bool isFirst = true, hasText = false;
        string? problem = null;
        for (int i = 0; i < chapters.Count; i++)
        {
            string chapter;
            int number = i + 1;
            try
            {
                chapter = BookChapter.Read(
                    package,
                    chapters[i],
                    name => text.AddGap(Invariant($"chapter {number} has an unclosed `{name}`, which takes all that follows in it")),
                    out bool hasAllSpans);
                if (!hasAllSpans)
                    text.AddGap(Invariant($"chapter {number} has cells that span so many others that they do not stand in each"));
            }
            catch (PartException exception)
            {
                problem ??= exception.Message;
                text.AddGap(Invariant($"chapter {number} cannot be read: {exception.Message}"));
                continue;
            }

            if (!isFirst)
                text.Write("\n");
            text.StartPlace(Invariant($"ch{number}"));
            text.Write(isFirst ? chapter : $"\f\n{chapter}");
            isFirst = false;
            hasText |= chapter.Length > 0;
        }

        if (!hasText)
            throw new PartException(problem ?? "there is no text in it");
    }
}
