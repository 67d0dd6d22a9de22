using System.Globalization;
using System.Text.RegularExpressions;
using Rlm.Cli.CommandLine;
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

    private static readonly Regex NameForm = new(@"^(?<start>\d{8}-\d{6})(?:-(?<number>\d{1,6}))?$", RegexOptions.CultureInvariant);

    private readonly string _path;

    private RunsFolder(string path) => _path = path;

    /// <summary>The names, the newest first; other files of the folder are none of rlm's.</summary>
    public IReadOnlyList<string> Names => !Directory.Exists(_path) ? [] :
        [.. from file in Directory.EnumerateFiles(_path, "*" + Ending)
            let name = NameForm.Match(Path.GetFileNameWithoutExtension(file))
            where name.Success
            let number = name.Groups["number"] is { Success: true } written ? int.Parse(written.ValueSpan, CultureInfo.InvariantCulture) : 1
            orderby name.Groups["start"].Value descending, number descending
            select name.Value];

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
        : Find(host, ConfiguredOptions.Read(host, null, _ => { }).Find(OptionCatalog.JournalFolder)?.Text)?.FindPath(word) ?? throw new IOException($"there is no journal `{word}`, and `rlm runs` lists none of that name");

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
        foreach (string old in Names.Skip(MostRuns - 1).Where(old => !IsUnderWay(old)))
            Remove(old);

        string start = Invariant($"{now:yyyyMMdd-HHmmss}");
        string name = Enumerable.Range(1, int.MaxValue).Select(number => number == 1 ? start : Invariant($"{start}-{number}")).First(free => !File.Exists(PathOf(free)));
        UserFolder.OpenOwn(PathOf(name), FileMode.CreateNew).Dispose();
        return PathOf(name);
    }

    /// <summary>Whether the folder has a journal.</summary>
    public bool Owns(string path) => Path.GetDirectoryName(path) == _path && NameForm.IsMatch(Path.GetFileNameWithoutExtension(path));

    /// <summary>Forgets a run.</summary>
    /// <exception cref="IOException">It is under way.</exception>
    public void Remove(string name)
    {
        if (IsUnderWay(name))
            throw new IOException($"the run `{name}` is under way: stop it first");
        File.Delete(PathOf(name));
        File.Delete(PathOf(name) + ".lock");
    }

    /// <summary>Whether a process writes the journal: it holds the file beside it.</summary>
    public bool IsUnderWay(string name)
    {
        try
        {
            using var guard = new FileStream(PathOf(name) + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException)
        {
            return true;
        }
    }

    /// <summary>Where the journal of a run is, whether or not there is one.</summary>
    public string PathOf(string name) => Path.Combine(_path, name + Ending);
}
