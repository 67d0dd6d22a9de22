namespace Rlm.Runtime.Texts.Walking;

/// <summary>
/// The ignore file that a user has for all repositories: <c>core.excludesFile</c> of git's configuration, else git's own place for it.
/// </summary>
internal static class GitExcludes
{
    /// <summary>Its path, whether or not it is there; null where the user has no home.</summary>
    /// <exception cref="IOException">The configuration cannot be read.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be read.</exception>
    public static string? Path()
    {
        string? home = ReadVariable("HOME") ?? ReadVariable("USERPROFILE");
        string? configuration = ReadVariable("XDG_CONFIG_HOME") ?? (home is null ? null : System.IO.Path.Combine(home, ".config"));

        // As in git, what ~/.gitconfig says goes before the other.
        string? path = home is null ? null : ReadSetting(System.IO.Path.Combine(home, ".gitconfig"));
        path ??= configuration is null ? null : ReadSetting(System.IO.Path.Combine(configuration, "git", "config"));
        if (path is null)
            return configuration is null ? null : System.IO.Path.Combine(configuration, "git", "ignore");
        return path.StartsWith("~/", StringComparison.Ordinal) && home is not null ? System.IO.Path.Combine(home, path[2..]) : path;
    }

    private static string? ReadVariable(string variable) =>
        Environment.GetEnvironmentVariable(variable) is { Length: > 0 } value ? value : null;

    /// <summary>The value of <c>core.excludesFile</c> in a file of git's configuration; the last one counts.</summary>
    private static string? ReadSetting(string file)
    {
        string? value = null;
        bool isCore = false;
        foreach (string line in File.Exists(file) ? File.ReadLines(file) : [])
        {
            string text = line.Trim();
            if (text.StartsWith('['))
                isCore = text.StartsWith("[core]", StringComparison.OrdinalIgnoreCase);
            else if (isCore && text.IndexOf('=', StringComparison.Ordinal) is > 0 and var at
                && text[..at].TrimEnd().Equals("excludesFile", StringComparison.OrdinalIgnoreCase))
                value = Unquote(text[(at + 1)..].TrimStart());
        }

        return string.IsNullOrEmpty(value) ? null : value;
    }

    /// <summary>A value without the quotes around it and without the comment behind it.</summary>
    private static string Unquote(string text)
    {
        if (text.StartsWith('"'))
            return text[1..] is var rest && rest.IndexOf('"', StringComparison.Ordinal) is >= 0 and var end ? rest[..end] : rest;
        return text.AsSpan().IndexOfAny('#', ';') is >= 0 and var comment ? text[..comment].TrimEnd() : text;
    }
}
