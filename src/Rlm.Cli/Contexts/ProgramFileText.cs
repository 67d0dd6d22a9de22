using System.Text;

namespace Rlm.Cli.Contexts;

/// <summary>A program's file that is to be written again: its text, and how it was written.</summary>
internal sealed record ProgramFileText(string Text, Encoding Encoding)
{
    private static readonly Encoding[] Marked =
        [new UTF8Encoding(true, true), new UnicodeEncoding(false, true, true), new UnicodeEncoding(true, true, true)];

    /// <summary>Reads bytes, of which none may be lost: UTF-8, or what a byte order mark says.</summary>
    public static ProgramFileText Read(byte[] bytes, string path)
    {
        var marked = Marked.FirstOrDefault(encoding => bytes.AsSpan().StartsWith(encoding.Preamble));
        var encoding = marked ?? new UTF8Encoding(false, true);
        try
        {
            return new(encoding.GetString(bytes, encoding.Preamble.Length, bytes.Length - encoding.Preamble.Length), encoding);
        }
        catch (DecoderFallbackException exception)
        {
            throw new TextException($"the program {path} is not UTF-8, and is left as it is", exception);
        }
    }

    /// <summary>Writes another text in place of the file's: beside it first, so that there is always a whole one. Mode and links stay.</summary>
    public async Task ReplaceAsync(string path, string text, CancellationToken cancellationToken)
    {
        string target = File.ResolveLinkTarget(path, returnFinalTarget: true)?.FullName ?? Path.GetFullPath(path);
        if (new FileInfo(target).IsReadOnly)
            throw new UnauthorizedAccessException("it may not be written");

        string beside = Path.Combine(Path.GetDirectoryName(target)!, $".{Path.GetFileName(target)}.{Path.GetRandomFileName()}");
        try
        {
            await File.WriteAllTextAsync(beside, text, Encoding, cancellationToken).ConfigureAwait(false);
            if (!OperatingSystem.IsWindows())
                File.SetUnixFileMode(beside, File.GetUnixFileMode(target));
            File.Move(beside, target, overwrite: true);
        }
        finally
        {
            File.Delete(beside);
        }
    }
}
