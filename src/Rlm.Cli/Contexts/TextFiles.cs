using System.Text;
using Rlm.Runtime.Texts;

namespace Rlm.Cli.Contexts;

/// <summary>Opens one text; the only place that knows how the runtime does it.</summary>
internal static class TextFiles
{
    /// <summary>A file; <paramref name="name"/> is what citations call it, the file's own name by default.</summary>
    public static TextSource FromFile(string path, string? name = null)
    {
        if (Directory.Exists(path))
            throw new TextException($"{path} is a directory");
        if (!File.Exists(path))
            throw new TextException($"{path}: no such file");

        try
        {
            return TextSource.FromString(File.ReadAllText(path), name ?? Path.GetFileName(path));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException($"{path} cannot be read: {exception.Message}", exception);
        }
    }

    /// <summary>A stream, read to its end and closed.</summary>
    public static TextSource FromStream(Stream stream, string name)
    {
        using var reader = new StreamReader(stream, Encoding.UTF8);
        return TextSource.FromString(reader.ReadToEnd(), name);
    }
}
