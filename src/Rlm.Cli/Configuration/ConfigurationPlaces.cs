namespace Rlm.Cli.Configuration;

/// <summary>Where configurations stand.</summary>
internal static class ConfigurationPlaces
{
    /// <summary>Names the user's file, in place of the usual one.</summary>
    public const string Variable = "RLM_CONFIG";

    /// <summary>What a folder's file is called.</summary>
    public const string FolderFile = ".rlm.toml";

    /// <summary>The user's file, whether it is there or not; null where there is no home.</summary>
    public static string? FindOwn(Func<string, string?> variable) =>
        variable(Variable) is { Length: > 0 } named ? Path.GetFullPath(UserFolder.Expand(named, variable))
        : UserFolder.FindConfiguration(variable) is { } folder ? Path.Combine(folder, "config.toml")
        : null;

    /// <summary>The nearest folder's file from the working folder upwards; null for none.</summary>
    public static string? FindNearest()
    {
        for (string? folder = Directory.GetCurrentDirectory(); folder is not null; folder = Path.GetDirectoryName(folder))
        {
            string path = Path.Combine(folder, FolderFile);
            if (File.Exists(path))
                return path;
        }

        return null;
    }

    /// <summary>Whether a folder is one of those, or in one.</summary>
    public static bool IsIn(string folder, IEnumerable<string> folders, Func<string, string?> variable)
    {
        string real = Resolve(folder);
        return folders.Select(trusted => Resolve(UserFolder.Expand(trusted, variable)))
            .Any(trusted => real == trusted || real.StartsWith(trusted.TrimEnd('/') + "/", StringComparison.Ordinal));
    }

    /// <summary>The folder's path without links on it.</summary>
    private static string Resolve(string folder)
    {
        string full = Path.GetFullPath(folder);
        string parent = Path.GetDirectoryName(full) is { } above ? Resolve(above) : full;
        string here = parent == full ? full : Path.Combine(parent, Path.GetFileName(full));
        return Directory.Exists(here) && Directory.ResolveLinkTarget(here, returnFinalTarget: true) is { } target ? target.FullName : here;
    }
}
