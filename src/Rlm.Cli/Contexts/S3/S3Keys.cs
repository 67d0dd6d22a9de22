namespace Rlm.Cli.Contexts.S3;

/// <summary>What requests to an object store are signed with. It is written nowhere.</summary>
/// <param name="id">The id of the access key.</param>
/// <param name="secret">The secret access key.</param>
/// <param name="token">The token of a session; null for keys that last.</param>
internal sealed class S3Keys(string id, string secret, string? token)
{
    private const string Hidden = "…";

    public string Id => id;

    public string Secret => secret;

    public string? Token => token;

    /// <summary>A text of the store without what is not to be shown.</summary>
    public string Hide(string text)
    {
        foreach (string? part in new[] { token, secret, id })
            text = part is { Length: > 0 } ? text.Replace(part, Hidden, StringComparison.Ordinal) : text;
        return text;
    }
}
