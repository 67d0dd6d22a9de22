using Rlm.Runtime.Texts.Formats;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>The readers of files that are not texts, as far as they were registered in the process.</summary>
internal static class FileReaders
{
    private static volatile IRlmFileReader[] _all = [];

    /// <summary>Puts a reader before those that there are.</summary>
    public static void Register(IRlmFileReader reader) => _all = [reader, .. _all.Where(other => other.GetType() != reader.GetType())];

    /// <summary>Whether a file that starts so is read.</summary>
    public static bool CanRead(ReadOnlySpan<byte> start) => Find(start) is not null;

    /// <summary>The text of a file.</summary>
    /// <param name="format">What the file is.</param>
    /// <param name="start">Its first bytes.</param>
    /// <param name="file">The file, from its start.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="name">What <c>cite</c> calls it.</param>
    /// <exception cref="TextException">No reader takes it, or nothing of it can be read.</exception>
    public static TextSource Read(FileFormat format, ReadOnlySpan<byte> start, Stream file, string path, string name)
    {
        var reader = Find(start) ?? throw format.Refusal(path);
        using var text = new SpooledFileText(name);
        try
        {
            reader.Read(file, text);
        }
        catch (InvalidDataException exception)
        {
            throw new TextException($"`{path}` is {format.Name}, which is not read: {TextException.ToOneLine(exception)}", exception);
        }

        return text.ToSource();
    }

    private static IRlmFileReader? Find(ReadOnlySpan<byte> start)
    {
        foreach (var reader in _all)
        {
            if (reader.CanRead(start))
                return reader;
        }

        return null;
    }
}
