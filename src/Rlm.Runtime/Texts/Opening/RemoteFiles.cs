using System.Text;
using Rlm.Runtime.Texts.Remote;
using Rlm.Runtime.Texts.Walking;

namespace Rlm.Runtime.Texts.Opening;

/// <summary>Opens files as texts that are not on this machine.</summary>
internal static class RemoteFiles
{
    /// <summary>Requests wait for their answers, mostly.</summary>
    private const int StartsAtATime = 16;

    /// <param name="file">The file.</param>
    /// <param name="encoding">What it is in where it has no byte order mark; null for UTF-8.</param>
    /// <param name="first">A reader that is asked before the registered ones; null for none.</param>
    public static TextSource Open(IRlmRemoteFile file, Encoding? encoding, IRlmFileReader? first) =>
        new RemoteFile(file, new RemoteStore(file.Path)).Open(keepOpen: true, encoding, first);

    /// <param name="path">Where they are, or a glob.</param>
    /// <param name="found">The files, in any order.</param>
    /// <param name="onSkipped">Told in one line what was left out, if anything was.</param>
    /// <param name="encoding">What they are in where they have no byte order mark; null for UTF-8.</param>
    /// <param name="first">A reader that is asked before the registered ones; null for none.</param>
    public static IReadOnlyList<TextSource> OpenAll(
        string path, IReadOnlyList<IRlmRemoteFile> found, Action<string>? onSkipped, Encoding? encoding, IRlmFileReader? first)
    {
        bool isGlob = IsGlob(path);
        var files = Select(path, found, out int hidden).ConvertAll(ListedFile (file) => file);
        var starts = new FileStart[files.Count];
        Parallel.For(
            0, files.Count, new ParallelOptions { MaxDegreeOfParallelism = StartsAtATime },
            place => starts[place] = FileStart.Of(files[place], encoding is not null, first));
        return TextFiles.OpenListed(
            path, files, [.. starts], binaries => LeftOut.Describe(binaries, hidden),
            isGlob
                ? $"nothing matches `{path}`; `**` stands for any folders, and hidden and binary files are skipped"
                : $"there is no text below `{path}`; hidden and binary files are skipped",
            onSkipped, encoding, first);
    }

    /// <summary>The files that a path tells of, by their names, without hidden ones.</summary>
    /// <param name="path">Where they are, or a glob.</param>
    /// <param name="found">The files.</param>
    public static List<RemoteFile> Select(string path, IReadOnlyList<IRlmRemoteFile> found) => Select(path, found, out _);

    private static List<RemoteFile> Select(string path, IReadOnlyList<IRlmRemoteFile> found, out int hidden)
    {
        var pattern = IsGlob(path) ? new GlobPattern(path[GlobPattern.RootOf(path).Length..]) : null;
        // One that is named in full is wanted, whatever it is called.
        var wanted = found.Where(file => pattern is null || file.Name == path || pattern.IsMatch(file.Name)).ToList();
        hidden = wanted.RemoveAll(file => file.Name != path && file.Name.Split('/').Any(static name => name.StartsWith('.')));
        var store = new RemoteStore(path);
        return [.. wanted.OrderBy(static file => file.Name, StringComparer.Ordinal).Select(file => new RemoteFile(file, store))];
    }

    private static bool IsGlob(string path) => path.AsSpan().ContainsAny('*', '?');
}
