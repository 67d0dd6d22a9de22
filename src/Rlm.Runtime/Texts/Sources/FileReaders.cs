using Rlm.Runtime.Texts.Formats;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>The readers of files that are not texts, as far as they were registered in the process.</summary>
internal static class FileReaders
{
    private static volatile IRlmFileReader[] _all = [];

    /// <summary>Puts a reader before those that there are.</summary>
    public static void Register(IRlmFileReader reader) => _all = [reader, .. _all.Where(other => other.GetType() != reader.GetType())];

    /// <summary>The reader that takes a file, and what it makes of it; null where it is a text, or none does.</summary>
    /// <param name="path">Its path, or what a stream is called.</param>
    /// <param name="start">Its first bytes.</param>
    /// <param name="first">One that is asked before those that were registered; null for none.</param>
    public static (IRlmFileReader Reader, RlmFileContent Content)? Find(string path, ReadOnlySpan<byte> start, IRlmFileReader? first = null)
    {
        start = start[..Math.Min(start.Length, FileFormat.SignatureBytes)];
        if (first?.FindContent(path, start) is { } content)
            return (first, content);

        foreach (var reader in _all)
        {
            if (reader.FindContent(path, start) is { } made)
                return (reader, made);
        }

        return null;
    }

    /// <summary>The text of a file.</summary>
    /// <param name="found">Who reads it, and what it makes of it.</param>
    /// <param name="format">What the file is by its first bytes.</param>
    /// <param name="file">The file, from its start.</param>
    /// <param name="path">What messages call it.</param>
    /// <param name="name">What <c>cite</c> calls it.</param>
    /// <exception cref="TextException">Nothing of it can be read.</exception>
    public static TextSource Read(
        (IRlmFileReader Reader, RlmFileContent Content) found, FileFormat? format, Stream file, string path, string name)
    {
        using var text = new SpooledFileText(name, found.Content);
        try
        {
            found.Reader.Read(path, file, text);
        }
        catch (InvalidDataException exception)
        {
            string what = format is null ? $"`{path}` is" : $"`{path}` is {format.Name}, which is";
            throw new TextException($"{what} not read: {TextException.ToOneLine(exception)}", exception);
        }

        return text.ToSource();
    }
}
