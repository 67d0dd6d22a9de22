namespace Rlm.Files;

/// <summary>What a file is that is read here, by its name and its first bytes.</summary>
/// <remarks>Linked into <c>rlm</c>, which asks <c>rlm-docs</c> for these files alone.</remarks>
internal static class ReadableFile
{
    /// <summary>Whether any reader takes the file.</summary>
    public static bool Is(string path, ReadOnlySpan<byte> start) => IsPdf(start);

    public static bool IsPdf(ReadOnlySpan<byte> start) => start.StartsWith("%PDF-"u8);
}
