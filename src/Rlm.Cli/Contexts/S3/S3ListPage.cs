using System.Globalization;
using System.Net;

namespace Rlm.Cli.Contexts.S3;

/// <summary>A page of the list of a bucket.</summary>
/// <param name="Entries">The objects.</param>
/// <param name="Next">What the next page is asked for with; null after the last one.</param>
internal sealed record S3ListPage(IReadOnlyList<S3Entry> Entries, string? Next)
{
    private const string Root = "ListBucketResult";

    /// <summary>Reads a page. What is not whole is none, since a list that lacks objects looks like one without them.</summary>
    /// <param name="prefix">What was asked for.</param>
    /// <param name="body">The answer.</param>
    /// <exception cref="TextException">It is not a page of that list.</exception>
    public static S3ListPage Read(S3Address prefix, string body)
    {
        var leaves = S3Xml.ReadLeaves(body, out string? root);
        if (root != Root)
        {
            throw new TextException(
                $"`{prefix}`: what came as a list is not an answer of S3, or not a whole one; check AWS_ENDPOINT_URL_S3, or run again");
        }

        var told = leaves.Where(static leaf => leaf.Parent == Root).ToList();
        string truncated = S3Xml.Find(told, "IsTruncated")?.Trim() ?? "";
        if (!bool.TryParse(truncated, out bool isTruncated))
            throw new TextException($"`{prefix}`: the object store does not tell whether its list is whole: IsTruncated is `{truncated}`");

        string? next = isTruncated ? S3Xml.Find(told, "NextContinuationToken") : null;
        if (isTruncated && string.IsNullOrEmpty(next))
        {
            throw new TextException(
                $"`{prefix}`: the object store gives a part of its list, and no way to the rest: it does not speak ListObjectsV2, which rlm needs");
        }

        bool isEncoded = S3Xml.Find(told, "EncodingType")?.Trim() == "url";
        // Elements without any in them are told as being in the root.
        if (told.Exists(static leaf => leaf.Name == "Contents"))
            throw Refuse(prefix, "an object without Key, Size and ETag");
        return new(
            [.. leaves.Where(static leaf => leaf.Parent == "Contents").GroupBy(static leaf => leaf.Place)
                .Select(entry => ReadEntry(prefix, [.. entry], isEncoded))],
            next);
    }

    private static S3Entry ReadEntry(S3Address prefix, List<S3Leaf> leaves, bool isEncoded)
    {
        string written = S3Xml.Find(leaves, "Key") ?? "", key = isEncoded ? WebUtility.UrlDecode(written) : written;
        if (key.Length == 0)
            throw Refuse(prefix, "an object without Key");
        if (!key.StartsWith(prefix.Key, StringComparison.Ordinal))
            throw Refuse(prefix, $"`{key}`, which does not begin so");
        if (S3Xml.Find(leaves, "ETag") is not { Length: > 0 } etag)
            throw Refuse(prefix, $"`{key}` without ETag");

        string size = S3Xml.Find(leaves, "Size")?.Trim() ?? "";
        if (!long.TryParse(size, NumberStyles.None, CultureInfo.InvariantCulture, out long length) || !S3Entry.IsLength(length))
            throw Refuse(prefix, size.Length == 0 ? $"`{key}` without Size" : $"`{key}` with the Size `{size}`, which is none");
        return new(
            key, length, S3Entry.Quote(etag),
            DateTimeOffset.TryParse(S3Xml.Find(leaves, "LastModified"), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
                ? time.UtcDateTime
                : null);
    }

    private static TextException Refuse(S3Address prefix, string what) => new($"`{prefix}`: the list of the object store has {what}");
}
