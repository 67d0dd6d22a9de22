using System.Runtime.CompilerServices;

namespace Rlm.Testing;

/// <summary>Reads <c>Cases/*</c> files: a line <c>### name</c> opens a case, the lines up to the next are its body.</summary>
public static class CaseFile
{
    /// <summary>The cases of a file in a <c>Cases</c> folder at or above the test's folder, in order.</summary>
    public static IReadOnlyList<(string Name, string Body)> Read(string file, [CallerFilePath] string testFile = "")
    {
        string text = '\n' + File.ReadAllText(PathOf(file, testFile)).ReplaceLineEndings("\n");
        return [.. text.Split("\n### ", StringSplitOptions.RemoveEmptyEntries).Where(section => section.Length > 1).Select(section =>
        {
            int end = section.IndexOf('\n', StringComparison.Ordinal);
            return (section[..end].Trim(), section[(end + 1)..].TrimEnd('\n'));
        })];
    }

    /// <summary>Where a file of a <c>Cases</c> folder at or above the test's folder is.</summary>
    public static string PathOf(string file, [CallerFilePath] string testFile = "")
    {
        var folder = new DirectoryInfo(Path.GetDirectoryName(testFile)!);
        while (!File.Exists(Path.Combine(folder.FullName, "Cases", file)))
            folder = folder.Parent ?? throw new FileNotFoundException($"No Cases/{file} above {testFile}.");
        return Path.Combine(folder.FullName, "Cases", file);
    }
}
