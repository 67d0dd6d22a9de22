namespace Rlm.Runtime.Texts.Opening;

/// <summary>Where a part is.</summary>
/// <param name="Path">What messages call it.</param>
/// <param name="Remote">The file, where it is not on this machine; it is kept until this is disposed.</param>
internal sealed record PartPlace(string Path, RemoteFile? Remote = null) : IDisposable
{
    private const int BufferBytes = 256 * 1024;

    /// <summary>The part from its start, which can be read again.</summary>
    /// <exception cref="TextException">It cannot be read.</exception>
    public Stream Open()
    {
        if (Remote is not null)
            return Remote.OpenStream();
        return TextSource.IsSpecialFile(Path)
            ? throw new TextException($"`{Path}` is a pipe or a device; a part is read twice, so name its file")
            : new FileStream(Path, FileMode.Open, FileAccess.Read, FileShare.Read, BufferBytes);
    }

    public void Dispose() => Remote?.Dispose();
}
