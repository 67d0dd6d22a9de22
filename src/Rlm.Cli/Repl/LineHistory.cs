namespace Rlm.Cli.Repl;

/// <summary>What was typed, one a line, the newest last; kept in a file that nobody else may read.</summary>
internal sealed class LineHistory
{
    private const int MaxEntries = 1_000;

    private readonly string? _path;
    private readonly List<string> _entries = [];

    /// <param name="path">The file; null for none.</param>
    /// <exception cref="IOException">The file cannot be read.</exception>
    public LineHistory(string? path)
    {
        _path = path;
        if (path is null || !File.Exists(path))
            return;

        _entries.AddRange(File.ReadLines(path).Where(static line => line.Length > 0));
        if (_entries.Count <= 2 * MaxEntries)
            return;

        _entries.RemoveRange(0, _entries.Count - MaxEntries);
        File.Delete(path);
        Append(_entries);
    }

    public IReadOnlyList<string> Entries => _entries;

    /// <summary>The file of this user: under <c>XDG_STATE_HOME</c>, else <c>~/.local/state</c>; null where there is no home.</summary>
    /// <param name="variable">Looks an environment variable up.</param>
    /// <param name="name">The file's name.</param>
    public static string? FindPath(Func<string, string?> variable, string name) =>
        variable("XDG_STATE_HOME") is { Length: > 0 } state && Path.IsPathRooted(state) ? Path.Combine(state, "rlm", name)
        : variable("HOME") is { Length: > 0 } home ? Path.Combine(home, ".local", "state", "rlm", name)
        : null;

    /// <summary>Adds an entry, unless it is the last one again. Lines that go on are one line, as far as no comment ends one.</summary>
    public void Add(string text)
    {
        string[] entries = text.Contains('#') ? text.Split('\n') : [text.ReplaceLineEndings(" ")];
        foreach (string entry in entries.Where(static entry => !string.IsNullOrWhiteSpace(entry)))
        {
            if (_entries is [.., var last] && last == entry)
                continue;
            _entries.Add(entry);
            Append([entry]);
        }
    }

    private void Append(IEnumerable<string> entries)
    {
        if (_path is null)
            return;

        var options = new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write };
        if (OperatingSystem.IsWindows())
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!);
        }
        else
        {
            Directory.CreateDirectory(Path.GetDirectoryName(_path)!, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }

        using var writer = new StreamWriter(_path, options);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(_path, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        foreach (string entry in entries)
            writer.Write($"{entry}\n");
    }
}
