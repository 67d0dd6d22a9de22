using Rlm.Cli.Report;
using Rlm.Cli.Runs;

namespace Rlm.Server.Pages;

/// <summary>The runs of a folder with what their journals tell, each of which is read again only once it has grown.</summary>
/// <param name="folder">The folder.</param>
/// <param name="time">The clock.</param>
internal sealed class KeptRuns(RunsFolder folder, TimeProvider time)
{
    private static readonly TimeSpan VersionAge = TimeSpan.FromSeconds(1);

    private readonly Lock _reading = new(), _looking = new();
    private (string Version, long At)? _looked;
    private Dictionary<string, (FileMark Mark, KeptRun Run)> _known = [];

    /// <summary>What is another text a second after a run is new, has grown or is gone: all who ask within it share one look.</summary>
    public string Version
    {
        get
        {
            lock (_looking)
            {
                if (_looked is not { } looked || time.GetElapsedTime(looked.At) >= VersionAge)
                    _looked = looked = (string.Join('\n', folder.Names.Select(name => Invariant($"{name} {FileMark.Of(folder.PathOf(name))}"))), time.GetTimestamp());
                return looked.Version;
            }
        }
    }

    /// <summary>The runs, the newest first.</summary>
    public IReadOnlyList<KeptRun> Read()
    {
        lock (_reading)
        {
            var found = new Dictionary<string, (FileMark Mark, KeptRun Run)>();
            foreach (string name in folder.Names)
            {
                string path = folder.PathOf(name);
                var mark = FileMark.Of(path);
                if (mark == default)
                    continue;
                found[name] = _known.TryGetValue(name, out var known) && known.Mark == mark ? known : (mark, KeptRun.Read(name, path));
            }

            _known = found;
            return [.. found.Values.Select(one => one.Run)];
        }
    }
}
