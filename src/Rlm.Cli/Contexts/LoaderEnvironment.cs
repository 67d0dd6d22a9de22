using System.Text.RegularExpressions;

namespace Rlm.Cli.Contexts;

/// <summary>What a program that reads files for the user gets to know, and which program it is.</summary>
internal static partial class LoaderEnvironment
{
    /// <summary>Removes what speaks of a secret by its name, and addresses that hold a password.</summary>
    public static void RemoveSecrets(IDictionary<string, string?> environment)
    {
        foreach (var (name, value) in environment.ToList())
        {
            if (SecretName().IsMatch(name) || (value is not null && AddressWithPassword().IsMatch(value)))
                environment.Remove(name);
        }
    }

    /// <summary>The path of a program: as it is written where it has a slash, else from PATH, and never from the folder that one is in.</summary>
    /// <returns>Null where PATH has none.</returns>
    public static string? FindProgram(string name, string? path)
    {
        if (name.Contains('/') || Path.IsPathRooted(name) || name.Contains(Path.DirectorySeparatorChar))
            return Path.GetFullPath(name);

        string[] names = OperatingSystem.IsWindows() && !Path.HasExtension(name) ? [$"{name}.exe", $"{name}.cmd", $"{name}.bat"] : [name];
        return (path ?? "").Split(Path.PathSeparator, StringSplitOptions.RemoveEmptyEntries)
            .Where(Path.IsPathFullyQualified)
            .SelectMany(folder => names.Select(program => Path.Combine(folder, program)))
            .FirstOrDefault(IsProgram);
    }

    private static bool IsProgram(string path) => File.Exists(path) && (OperatingSystem.IsWindows()
        || (File.GetUnixFileMode(path) & (UnixFileMode.UserExecute | UnixFileMode.GroupExecute | UnixFileMode.OtherExecute)) != 0);

    [GeneratedRegex("KEY|TOKEN|SECRET|PASSW|CREDENTIAL|AUTH|_HEADERS", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex SecretName();

    [GeneratedRegex("://[^/\\s@]*:[^/\\s@]*@")]
    private static partial Regex AddressWithPassword();
}
