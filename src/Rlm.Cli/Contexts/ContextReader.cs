namespace Rlm.Cli.Contexts;

/// <summary>Reads the files of contexts that are not texts: by the programs that the user names, else by <c>rlm-docs</c>, once for each content.</summary>
/// <param name="loaders">The user's programs; null for none. What they make of a file may depend on anything, and is not kept.</param>
/// <param name="docs">Reads all else.</param>
/// <param name="cache">Keeps what it made; null for nothing.</param>
internal sealed class ContextReader(LoaderReader? loaders, DocsReader docs, DocsCache? cache) : IRlmFileReader
{
    public RlmFileContent? FindContent(string path, ReadOnlySpan<byte> start) =>
        loaders?.FindContent(path, start) ?? docs.FindContent(path, start);

    public string IdentityOf(string path) => loaders?.IdentityOf(path) ?? "";

    public void Read(string path, Stream file, IRlmFileText text)
    {
        if (loaders?.FindContent(path, default) is not null)
            loaders.Read(path, file, text);
        else if (cache is null || docs.Identity is not { } identity || !file.CanSeek)
            docs.Read(path, file, text);
        else
            ReadOnce(cache, identity, path, file, text);
    }

    private void ReadOnce(DocsCache kept, string identity, string path, Stream file, IRlmFileText text)
    {
        var before = StateOf(file);
        string? key = kept.MakeKey(identity, DocsReader.NameOf(path), file);
        file.Position = 0;
        if (key is not null && kept.TryRead(key, text))
            return;
        using var records = key is null ? null : kept.Begin(key);
        if (records is null)
        {
            docs.Read(path, file, text);
            return;
        }

        docs.Read(path, file, new KeptText(text, records));
        // A file that was written to meanwhile is not what the key says.
        if (StateOf(file) == before)
            kept.Count(records.Complete());
    }

    private static (long Length, DateTime? Written) StateOf(Stream file) =>
        (file.Length, file is FileStream opened ? File.GetLastWriteTimeUtc(opened.SafeFileHandle) : null);
}
