using System.IO.Enumeration;
using Rlm.Runtime.Texts;

namespace Rlm.Cli.Contexts;

/// <summary>Finds the files of a directory or glob.</summary>
internal static class ContextFiles
{
    // Hidden files are left out, and links are not followed: one to a parent would never end.
    private static readonly EnumerationOptions Recursive = new()
    {
        RecurseSubdirectories = true,
        AttributesToSkip = FileAttributes.Hidden | FileAttributes.System | FileAttributes.ReparsePoint,
    };

    /// <summary>Whether the path stands for documents rather than for one text: a directory or a glob.</summary>
    public static bool IsMany(string path) => Directory.Exists(path) || IsGlob(path);

    /// <summary>The files with the names that citations call them, in order of name; throws <see cref="TextException"/> where there is none.</summary>
    public static IReadOnlyList<(string Path, string Name)> List(string path)
    {
        if (!IsMany(path))
            return [(path, Path.GetFileName(path))];

        string[] segments = path.Replace('\\', '/').Split('/');
        int fixedCount = IsGlob(path) ? Array.FindIndex(segments, HasWildcard) : segments.Length;
        string root = IsGlob(path) ? string.Join('/', segments[..fixedCount]) : path;
        if (root.Length == 0)
            root = path.StartsWith('/') ? "/" : ".";
        string[] pattern = IsGlob(path) ? segments[fixedCount..] : ["**"];

        try
        {
            var files = Directory.EnumerateFiles(root, "*", pattern is [var single] && single != "**" ? new EnumerationOptions() : Recursive)
                .Select(file => (Path: root == "." ? Path.GetRelativePath(".", file) : file, Name: Path.GetRelativePath(root, file).Replace('\\', '/')))
                .Where(file => Matches(pattern, file.Name.Split('/')))
                .OrderBy(file => file.Name, StringComparer.Ordinal)
                .ToList();
            return files.Count > 0 ? files : throw new TextException($"{path}: no file {(IsGlob(path) ? "matches" : "in the directory")}");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>A file of that very name wins over the glob.</summary>
    private static bool IsGlob(string path) => HasWildcard(path) && !File.Exists(path) && !Directory.Exists(path);

    private static bool HasWildcard(string text) => text.AsSpan().ContainsAny('*', '?');

    /// <summary>Matches segment by segment; <c>**</c> is any number of directories, and at the end also the file.</summary>
    private static bool Matches(ReadOnlySpan<string> pattern, ReadOnlySpan<string> path)
    {
        if (pattern.IsEmpty)
            return path.IsEmpty;
        if (pattern[0] == "**")
            return pattern.Length == 1 ? !path.IsEmpty : Matches(pattern[1..], path) || (path.Length > 1 && Matches(pattern, path[1..]));
        return !path.IsEmpty && FileSystemName.MatchesSimpleExpression(pattern[0], path[0], ignoreCase: false) && Matches(pattern[1..], path[1..]);
    }
}
