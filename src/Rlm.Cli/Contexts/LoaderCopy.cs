namespace Rlm.Cli.Contexts;

/// <summary>A file that is not on this machine, for a program that is told a path; gone when the program has read it.</summary>
internal sealed class LoaderCopy : IDisposable
{
    private readonly string _folder;

    private LoaderCopy(string folder, string path) => (_folder, Path) = (folder, path);

    public string Path { get; }

    /// <summary>Copies a file into a folder that nobody else may read, under its own name.</summary>
    public static LoaderCopy Of(Stream file, string path)
    {
        string folder = Directory.CreateTempSubdirectory("rlm-").FullName;
        var copy = new LoaderCopy(folder, System.IO.Path.Combine(folder, System.IO.Path.GetFileName(path)));
        try
        {
            using var written = File.Create(copy.Path);
            file.CopyTo(written);
            return copy;
        }
        catch
        {
            copy.Dispose();
            throw;
        }
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);
}
