using Rlm.Cli.Configuration;

namespace Rlm.Cli.Runs;

/// <summary>The folder that journals of paid runs are kept in, unless told otherwise: each is known by its name.</summary>
internal sealed class RunsFolder
{
    /// <summary>As many as are kept.</summary>
    public const int MostRuns = 100;

    /// <summary>The run that began last.</summary>
    public const string Last = "last";

    private const string Ending = ".jsonl";

    private readonly string _path;

    private RunsFolder(string path) => _path = path;

    /// <summary>The names, the newest first.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(_path) ? [] :
        [.. Directory.EnumerateFiles(_path, "*" + Ending).Select(file => Path.GetFileNameWithoutExtension(file)).OrderDescending(StringComparer.Ordinal)];

    /// <summary>The folder; null where the user has none.</summary>
    /// <param name="host">The process around it.</param>
    /// <param name="path">Where it was set to be; null for the usual place.</param>
    public static RunsFolder? Find(CliHost host, string? path = null) =>
        path is not null ? new(Path.GetFullPath(UserFolder.Expand(path, host.Variable)))
        : UserFolder.FindState(host.Variable) is { } state ? new(Path.Combine(state, "runs"))
        : null;

    /// <summary>The journal that a word means: a file, or a run of the folder. The one place where that is looked up.</summary>
    /// <exception cref="IOException">There is none.</exception>
    public static string FindJournal(CliHost host, string word) => Path.Exists(word) ? word
        : Find(host)?.FindPath(word) ?? throw new IOException($"there is no journal `{word}`, and `rlm runs` lists none of that name");

    /// <summary>The journal of a run; null where there is none of that name.</summary>
    public string? FindPath(string name)
    {
        var names = Names;
        string? found = name == Last ? (names.Count > 0 ? names[0] : null) : names.Contains(name) ? name : null;
        return found is null ? null : PathOf(found);
    }

    /// <summary>Makes a place for a run that begins now, and forgets the oldest where there are too many.</summary>
    /// <exception cref="IOException">There is no place.</exception>
    public string Begin(DateTimeOffset now)
    {
        foreach (string old in Names.Skip(MostRuns - 1))
            Remove(old);

        string start = Invariant($"{now:yyyyMMdd-HHmmss}");
        string name = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? start : Invariant($"{start}-{number}")).First(free => !File.Exists(PathOf(free)));
        UserFolder.OpenOwn(PathOf(name), FileMode.CreateNew).Dispose();
        return PathOf(name);
    }

    /// <summary>Forgets a run.</summary>
    public void Remove(string name)
    {
        File.Delete(PathOf(name));
        File.Delete(PathOf(name) + ".lock");
    }

    private string PathOf(string name) => Path.Combine(_path, name + Ending);
}
