namespace Rlm.Cli.Contexts.S3;

/// <summary>Which store is asked, and with what.</summary>
/// <param name="Keys">What requests are signed with.</param>
/// <param name="Region">The region that they are signed for.</param>
/// <param name="Endpoint">The store; null for that of AWS in the region.</param>
internal sealed record S3Settings(S3Keys Keys, string Region, Uri? Endpoint)
{
    private const string DefaultRegion = "us-east-1";
    private const string KeyId = "AWS_ACCESS_KEY_ID", SecretKey = "AWS_SECRET_ACCESS_KEY";

    /// <summary>Reads what the variables and files of AWS say.</summary>
    /// <exception cref="TextException">There are no keys, or something is wrong with what is said.</exception>
    public static S3Settings Read(Func<string, string?> variable)
    {
        var profile = AwsProfile.Read(variable);
        string? endpoint = Find(variable, "AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL") ?? profile.Find("endpoint_url");
        return new(
            ReadKeys(variable, profile), Find(variable, "AWS_REGION", "AWS_DEFAULT_REGION") ?? profile.Find("region") ?? DefaultRegion,
            endpoint is null ? null : ReadEndpoint(endpoint));
    }

    /// <summary>Where an object is, or a bucket for an empty key.</summary>
    /// <param name="bucket">The bucket.</param>
    /// <param name="key">The key, encoded.</param>
    public (string Origin, string Path) Locate(string bucket, string key)
    {
        string within = key.Length > 0 ? $"/{bucket}/{key}" : $"/{bucket}";
        if (Endpoint is not null)
            return (Endpoint.GetLeftPart(UriPartial.Authority), Endpoint.AbsolutePath.TrimEnd('/') + within);

        string host = $"s3.{Region}.amazonaws.com{(Region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "")}";
        // A certificate is for one name before the store's, and a bucket with dots would be several.
        return bucket.Contains('.') ? ($"https://{host}", within) : ($"https://{bucket}.{host}", $"/{key}");
    }

    private static S3Keys ReadKeys(Func<string, string?> variable, AwsProfile profile)
    {
        string? id = Find(variable, KeyId), secret = Find(variable, SecretKey);
        if (id is not null && secret is not null)
            return new(id, secret, Find(variable, "AWS_SESSION_TOKEN"));
        if (id is not null || secret is not null)
            throw new TextException($"{(id is null ? SecretKey : KeyId)} is set, and {(id is null ? KeyId : SecretKey)} is not: set both, or neither for those of a profile");

        if (profile.Find("aws_access_key_id") is { } kept && profile.Find("aws_secret_access_key") is { } keptSecret)
            return new(kept, keptSecret, profile.Find("aws_session_token"));
        throw new TextException(profile.OtherWay is { } way
            ? $"the profile `{profile.Name}` has its keys by {way}, a way that rlm does not go; set them first, with: eval \"$(aws configure export-credentials --profile {profile.Name} --format env)\""
            : $"there are no keys for s3:// addresses: set {KeyId} and {SecretKey}, or AWS_PROFILE to a profile of ~/.aws/credentials; what everybody may read has an https:// address");
    }

    private static Uri ReadEndpoint(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var url) && (url.Scheme == Uri.UriSchemeHttps || url.Scheme == Uri.UriSchemeHttp)
            && url.Host.Length > 0 && url.UserInfo.Length == 0 && url.Query.Length == 0
            ? url
            : throw new TextException("the endpoint of the object store is not an http address without a password, such as https://minio.example.com: set AWS_ENDPOINT_URL_S3");

    private static string? Find(Func<string, string?> variable, params ReadOnlySpan<string> names)
    {
        foreach (string name in names)
        {
            if (variable(name) is { Length: > 0 } value)
                return value;
        }

        return null;
    }
}
