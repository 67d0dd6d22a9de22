namespace Rlm.Cli.Contexts.S3;

/// <summary>What the files of AWS say of a profile: those that its own command line reads.</summary>
internal sealed class AwsProfile
{
    /// <summary>Ways to keys that are not gone here.</summary>
    private static readonly string[] OtherWays =
        ["sso_session", "sso_start_url", "credential_process", "role_arn", "web_identity_token_file", "login_session"];

    private readonly Dictionary<string, string> _values = new(StringComparer.OrdinalIgnoreCase);

    private AwsProfile(string name) => Name = name;

    public string Name { get; }

    /// <summary>What of the profile says that its keys come another way; null for nothing.</summary>
    public string? OtherWay => Array.Find(OtherWays, _values.ContainsKey);

    /// <summary>Reads a profile. Of a file that is not there nothing is taken.</summary>
    /// <exception cref="TextException">A file cannot be read, or the profile that is named is in none.</exception>
    public static AwsProfile Read(Func<string, string?> variable)
    {
        string? named = variable("AWS_PROFILE") is { Length: > 0 } name ? name : null;
        var profile = new AwsProfile(named ?? "default");
        string? home = variable("HOME") is { Length: > 0 } folder ? folder : variable("USERPROFILE");
        string? config = Find(variable("AWS_CONFIG_FILE"), home, "config");
        string? credentials = Find(variable("AWS_SHARED_CREDENTIALS_FILE"), home, "credentials");
        // What both files say, the one of the keys says better.
        bool isThere = profile.Add(config, $"profile {profile.Name}", profile.Name == "default" ? "default" : null);
        isThere |= profile.Add(credentials, profile.Name, null);
        return isThere || named is null
            ? profile
            : throw new TextException($"AWS_PROFILE names the profile `{named}`, which is neither in {credentials ?? "~/.aws/credentials"} nor in {config ?? "~/.aws/config"}");
    }

    /// <summary>A value; null where there is none.</summary>
    public string? Find(string name) => _values.GetValueOrDefault(name) is { Length: > 0 } value ? value : null;

    private static string? Find(string? path, string? home, string name) =>
        path is { Length: > 0 } ? path : home is { Length: > 0 } ? Path.Combine(home, ".aws", name) : null;

    /// <summary>Adds what stands under a heading; false where there is none.</summary>
    private bool Add(string? path, string heading, string? other)
    {
        if (path is null || !File.Exists(path))
            return false;

        bool isThere = false, isIn = false;
        try
        {
            foreach (string line in File.ReadLines(path))
            {
                string text = line.Trim();
                if (text.StartsWith('[') && text.IndexOf(']', StringComparison.Ordinal) is > 0 and var end)
                {
                    string name = string.Join(' ', text[1..end].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
                    isIn = name == heading || name == other;
                    isThere |= isIn;
                }
                else if (isIn && text.Length > 0 && text[0] is not ('#' or ';') && !char.IsWhiteSpace(line[0])
                    && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var equals)
                {
                    // Lines that are set in belong to a value above, such as `s3 =`.
                    _values[text[..equals].TrimEnd()] = text[(equals + 1)..].TrimStart();
                }
            }
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException($"`{path}` cannot be read: {exception.Message}", exception);
        }

        return isThere;
    }
}
