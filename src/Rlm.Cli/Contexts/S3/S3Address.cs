namespace Rlm.Cli.Contexts.S3;

/// <summary>A place in an object store.</summary>
/// <param name="Bucket">The bucket.</param>
/// <param name="Key">The key of an object, or what keys begin with; empty for all.</param>
internal readonly record struct S3Address(string Bucket, string Key)
{
    private const string Scheme = "s3://";

    /// <summary>Whether a path is such a place.</summary>
    public static bool IsS3(string path) => path.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase);

    /// <summary>Reads <c>s3://BUCKET/KEY</c>; a key is taken as it is written.</summary>
    /// <exception cref="TextException">It names no bucket.</exception>
    public static S3Address Read(string path)
    {
        string[] parts = path[Scheme.Length..].Split('/', 2);
        // What cannot be a name may be a key of access, and is not repeated.
        if (parts[0].Length == 0 || !parts[0].All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '.' or '_'))
            throw new TextException("what stands behind s3:// is not the name of a bucket; write s3://BUCKET/KEY, without keys of access");
        return new(parts[0], parts.Length > 1 ? parts[1] : "");
    }

    public override string ToString() => $"{Scheme}{Bucket}/{Key}";
}
