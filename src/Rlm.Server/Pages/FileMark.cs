namespace Rlm.Server.Pages;

/// <summary>What tells that a file has grown.</summary>
internal readonly record struct FileMark(long Length, DateTime WrittenAt)
{
    /// <summary>The mark of a file; that of nothing where there is none.</summary>
    public static FileMark Of(string? path) => path is not null && new FileInfo(path) is { Exists: true } file ? new(file.Length, file.LastWriteTimeUtc) : default;
}
