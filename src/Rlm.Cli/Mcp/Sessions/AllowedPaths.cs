using Rlm.Cli.CommandLine;

namespace Rlm.Cli.Mcp.Sessions;

/// <summary>The folders that a host may name files of; links are followed before anything is looked at.</summary>
internal sealed class AllowedPaths
{
    private const int MaxLinks = 40;

    private const string FileScheme = "file://";

    /// <summary>What only looks like files.</summary>
    private static readonly string[] Systems = ["/proc", "/sys", "/dev"];

    private static readonly char[] Separators = ['/', Path.DirectorySeparatorChar];

    private readonly IReadOnlyList<string> _folders;
    private readonly string _working = ResolveLinks(Directory.GetCurrentDirectory());

    /// <param name="folders">The folders; none for the working folder.</param>
    /// <exception cref="MisuseException">One of them is not a folder.</exception>
    public AllowedPaths(IReadOnlyList<string> folders)
    {
        if (folders.FirstOrDefault(folder => !Directory.Exists(folder)) is { } missing)
            throw new MisuseException($"{OptionCatalog.Allow.Name} `{missing}` is not a folder");
        _folders = folders.Count == 0 ? [_working] : [.. folders.Select(folder => ResolveLinks(Path.GetFullPath(folder)))];
    }

    public string Description => string.Join(", ", _folders);

    /// <summary>The path that a context is opened by: without links, and short where it lies in the working folder.</summary>
    /// <param name="path">A file, a folder or a glob; a relative one is in the first folder.</param>
    /// <exception cref="ToolException">It is outside of the folders, or not a file.</exception>
    public string Resolve(string path)
    {
        string written = path;
        path = Decode(path);
        if (path.Length == 0 || path.Contains('\0'))
            throw new ToolException("a path is empty, or has a NUL in it");
        if (path.Split(Separators).Contains(".."))
            throw new ToolException($"`{written}`: a path may not hold `..`; write it from one of the folders that may be read: {Description}");

        string full = Path.Combine(_folders[0], path), root = full, pattern = "";
        if (!Path.Exists(full) && full.AsSpan().IndexOfAny('*', '?') is var wild && wild >= 0)
        {
            int end = full.LastIndexOfAny(Separators, wild);
            (root, pattern) = (full[..(end + 1)], full[(end + 1)..]);
        }

        string real = ResolveLinks(root);
        if (!_folders.Any(folder => IsIn(real, folder)) || Systems.Any(system => IsIn(real, system)))
            throw new ToolException($"`{written}` is outside of what may be read: {Description}; the server is started with {OptionCatalog.Allow.Name} DIR for more");
        if (pattern.Length == 0 && !Directory.Exists(real) && TextSource.IsSpecialFile(real))
            throw new ToolException($"`{written}` is a pipe, a socket or a device, which may never end: name a file");
        return Shorten(pattern.Length == 0 ? real : Path.Combine(real, pattern));
    }

    /// <summary>The path of an address such as <c>file:///var/log/a%20b.log</c>; any other path as it is.</summary>
    private static string Decode(string path)
    {
        if (!path.StartsWith(FileScheme, StringComparison.OrdinalIgnoreCase))
            return path;

        string rest = path[FileScheme.Length..];
        int slash = rest.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0 || rest[..slash].ToUpperInvariant() is not ("" or "LOCALHOST"))
            throw new ToolException($"`{path}` is not a file of this machine: write file:///PATH, or the path alone");
        return Uri.UnescapeDataString(rest[slash..]);
    }

    private string Shorten(string path)
    {
        string near = IsIn(path, _working) && path != _working ? Path.GetRelativePath(_working, path) : path;
        return near == "-" ? path : near;
    }

    private static bool IsIn(string path, string folder) =>
        path == folder || path.StartsWith(Path.EndsInDirectorySeparator(folder) ? folder : folder + Path.DirectorySeparatorChar, StringComparison.Ordinal);

    /// <summary>The path without any link; what does not exist stays as it is written.</summary>
    private static string ResolveLinks(string full)
    {
        string real = Path.GetPathRoot(full)!;
        int links = 0;
        var rest = new Stack<string>();
        Push(full[real.Length..]);
        while (rest.TryPop(out string? name))
        {
            if (name == "..")
            {
                real = Path.GetDirectoryName(real) ?? real;
                continue;
            }

            string next = Path.Combine(real, name);
            if (FindTarget(next) is not { } target)
            {
                real = next;
                continue;
            }

            if (++links > MaxLinks)
                throw new ToolException($"`{full}` is a link that leads around in a circle");
            if (Path.IsPathRooted(target))
                real = Path.GetPathRoot(target)!;
            Push(target);
        }

        return real;

        void Push(string path)
        {
            foreach (string name in path.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Where(static name => name != ".").Reverse())
                rest.Push(name);
        }
    }

    private static string? FindTarget(string path)
    {
        try
        {
            return new FileInfo(path).LinkTarget;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or ArgumentException)
        {
            // What cannot be looked at cannot be opened either.
            return null;
        }
    }
}
