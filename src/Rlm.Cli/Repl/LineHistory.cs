using Rlm.Cli.Configuration;

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

        using var writer = new StreamWriter(UserFolder.OpenOwn(_path, FileMode.Append));
        foreach (string entry in entries)
            writer.Write($"{entry}\n");
    }
}
