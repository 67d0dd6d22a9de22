namespace Rlm.Cli.Tests;

/// <summary>Files that tests read, and a place for those that they write.</summary>
internal static class TestFiles
{
    public static string Root { get; } = FindRoot();

    public static string Sample(string name) => Path.Combine(Root, "samples", name);

    /// <summary>A new empty directory outside the repository.</summary>
    public static string NewDirectory() => Directory.CreateTempSubdirectory("rlm-cli-").FullName;

    /// <summary>A new file with that text.</summary>
    public static string NewFile(string text, string name = "file.txt")
    {
        string path = Path.Combine(NewDirectory(), name);
        File.WriteAllText(path, text);
        return path;
    }

    private static string FindRoot()
    {
        string? directory = AppContext.BaseDirectory;
        while (directory is not null && !File.Exists(Path.Combine(directory, "Rlm.sln")))
            directory = Path.GetDirectoryName(directory);
        return directory ?? throw new InvalidOperationException("The tests are not run from the repository.");
    }
}
