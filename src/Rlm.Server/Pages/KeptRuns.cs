using Rlm.Cli.Report;
using Rlm.Cli.Runs;

namespace Rlm.Server.Pages;

/// <summary>The runs of a folder with what their journals tell, each of which is read again only once it has grown.</summary>
/// <param name="folder">The folder.</param>
internal sealed class KeptRuns(RunsFolder folder)
{
    private readonly Lock _reading = new();
    private Dictionary<string, (FileMark Mark, KeptRun Run)> _known = [];

    /// <summary>What is another text as soon as a run is new, has grown or is gone.</summary>
    public string Version => string.Join('\n', folder.Names.Select(name => Invariant($"{name} {FileMark.Of(folder.FindPath(name))}")));

    /// <summary>The runs, the newest first.</summary>
    public IReadOnlyList<KeptRun> Read()
    {
        lock (_reading)
        {
            var found = new Dictionary<string, (FileMark Mark, KeptRun Run)>();
            foreach (string name in folder.Names)
            {
                if (folder.FindPath(name) is not { } path)
                    continue;
                var mark = FileMark.Of(path);
                found[name] = _known.TryGetValue(name, out var known) && known.Mark == mark ? known : (mark, KeptRun.Read(name, path));
            }

            _known = found;
            return [.. found.Values.Select(one => one.Run)];
        }
    }
}
