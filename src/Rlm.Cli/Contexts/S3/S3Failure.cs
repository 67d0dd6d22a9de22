using System.Net;

namespace Rlm.Cli.Contexts.S3;

/// <summary>What a store says in place of an answer, in words that tell what to do.</summary>
internal static class S3Failure
{
    private const int MaxMessageChars = 200;

    /// <summary>Whether it may be another time.</summary>
    public static bool IsPassing(HttpStatusCode status) => status is HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway
        or HttpStatusCode.ServiceUnavailable or HttpStatusCode.GatewayTimeout or HttpStatusCode.TooManyRequests or HttpStatusCode.RequestTimeout;

    /// <param name="address">What was asked for.</param>
    /// <param name="response">The answer.</param>
    /// <param name="body">Its body.</param>
    /// <param name="settings">What was asked with.</param>
    public static TextException Read(S3Address address, HttpResponseMessage response, string body, S3Settings settings)
    {
        var leaves = S3Xml.ReadLeaves(body);
        string code = S3Xml.Find(leaves, "Code") ?? "";
        int status = (int)response.StatusCode;
        string? region = response.Headers.TryGetValues("x-amz-bucket-region", out var regions) ? regions.First() : S3Xml.Find(leaves, "Region");
        return new TextException((code, status) switch
        {
            (_, 301 or 307 or 400) when region is not null && region != settings.Region =>
                $"the bucket `{address.Bucket}` is in {region}, and {settings.Region} was asked for it; set AWS_REGION={region}",
            ("PermanentRedirect" or "TemporaryRedirect", _) or (_, 301 or 307) =>
                $"the bucket `{address.Bucket}` is not in {settings.Region}; set AWS_REGION to its region",
            ("NoSuchBucket", _) => $"there is no bucket `{address.Bucket}`; check its name, and AWS_ENDPOINT_URL_S3 for a store that is not of AWS",
            (_, 404) => $"`{address}` does not exist; check the key",
            (_, 412) => $"`{address}` changed while it was read: it was written to; run again when it is complete",
            ("InvalidAccessKeyId", _) => "the object store does not know the access key; check AWS_ACCESS_KEY_ID, or the profile",
            ("SignatureDoesNotMatch", _) => "the object store refuses the signature; check AWS_SECRET_ACCESS_KEY, or the profile",
            ("ExpiredToken" or "TokenRefreshRequired", _) => "the session of the keys has expired; get new ones, and run again",
            ("InvalidToken", _) => "the object store does not take the session token; check AWS_SESSION_TOKEN, or take it away for keys that last",
            ("RequestTimeTooSkewed", _) => "the clock of this machine is too far from that of the object store; set it",
            (_, 403) => $"`{address}` may not be used with these keys{Tell(code)}; they need s3:GetObject, s3:ListBucket for a prefix, and s3:PutObject for a part",
            (_, 429 or 503) => $"the object store is too busy{Tell(code)}, each time that it was asked for `{address}`; run again later, or with fewer at a time",
            ("EntityTooLarge", _) => $"`{address}` is larger than what can be put whole; make more shards",
            _ => Invariant($"`{address}`: the object store answers {status}{Tell(code)}{Tell(settings.Keys.Hide(S3Xml.Find(leaves, "Message") ?? ""))}"),
        });
    }

    private static string Tell(string text)
    {
        string line = string.Concat(text.ReplaceLineEndings(" ").Where(static c => !char.IsControl(c)).Take(MaxMessageChars));
        return line.Length > 0 ? $" ({line})" : "";
    }
}
