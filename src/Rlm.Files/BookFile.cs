namespace Rlm.Files;

/// <summary>Whether a file is an EPUB, by its name and its first bytes.</summary>
internal static class BookFile
{
    // Where the name of a zip file's first entry stands.
    private const int NameAt = 30;

    public static bool Is(string path, ReadOnlySpan<byte> start) => start.StartsWith("PK\u0003\u0004"u8)
        && (Path.GetExtension(path).Equals(".epub", StringComparison.OrdinalIgnoreCase)
            || (start.Length > NameAt && start[NameAt..].StartsWith("mimetypeapplication/epub+zip"u8)));
}
