namespace Rlm.Cli.Contexts.S3;

/// <summary>An object as a list tells of it.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Length">How many bytes it has.</param>
/// <param name="ETag">Its ETag, with quotes.</param>
/// <param name="ModifiedUtc">When it was changed last; null where that is not told.</param>
internal sealed record S3Entry(string Key, long Length, string ETag, DateTime? ModifiedUtc)
{
    /// <summary>No object of a store has more bytes.</summary>
    private const long MaxBytes = 50L << 40;

    /// <summary>Whether an object can be so long.</summary>
    public static bool IsLength(long length) => length is >= 0 and <= MaxBytes;

    /// <summary>An ETag as one is asked for: some stores tell it without its quotes.</summary>
    public static string Quote(string etag) => etag.EndsWith('"') ? etag : $"\"{etag}\"";
}
