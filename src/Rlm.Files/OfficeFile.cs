namespace Rlm.Files;

/// <summary>Whether a file is one of Word, Excel or PowerPoint, by its name and its first bytes.</summary>
internal static class OfficeFile
{
    // Where the name of a zip file's first entry stands.
    private const int NameAt = 30;

    private static readonly string[] Endings =
    [
        ".docx", ".docm", ".dotx", ".dotm", ".xlsx", ".xlsm", ".xltx", ".xltm", ".xlsb", ".pptx", ".pptm", ".ppsx", ".ppsm", ".potx", ".potm",
    ];

    private static readonly string[] FirstParts = ["[Content_Types].xml", "_rels/.rels", "word/", "xl/", "ppt/", "docProps/"];

    public static bool Is(string path, ReadOnlySpan<byte> start)
    {
        if (IsOld(start))
            return true;
        if (!start.StartsWith("PK\u0003\u0004"u8))
            return false;
        if (Endings.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase))
            return true;

        foreach (string part in FirstParts)
        {
            if (start.Length >= NameAt + part.Length && System.Text.Ascii.Equals(start.Slice(NameAt, part.Length), part))
                return true;
        }

        return false;
    }

    /// <summary>Whether it is written in the way before 2007, in which a password puts newer ones, too.</summary>
    public static bool IsOld(ReadOnlySpan<byte> start) => start.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]);
}
