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

    /// <summary>Writes another text into the file, so that its mode and all links to it stay: beside it first, so that there is always a whole one.</summary>
    public async Task ReplaceAsync(string path, string text, CancellationToken cancellationToken)
    {
        await using var file = Open(path);
        byte[] bytes = [.. Encoding.Preamble, .. Encoding.GetBytes(text)];
        string beside = Path.Combine(Path.GetDirectoryName(Path.GetFullPath(path))!, $".{Path.GetFileName(path)}.{Path.GetRandomFileName()}");
        try
        {
            await File.WriteAllBytesAsync(beside, bytes, cancellationToken).ConfigureAwait(false);
        }
        catch
        {
            File.Delete(beside);
            throw;
        }

        try
        {
            await file.WriteAsync(bytes, CancellationToken.None).ConfigureAwait(false);
            file.SetLength(bytes.Length);
            file.Flush(flushToDisk: true);
        }
        catch (IOException exception)
        {
            throw new IOException($"{exception.Message}; its new text is in {beside}", exception);
        }

        File.Delete(beside);
    }

    // Through links, for what they lead to is written.
    private static FileStream Open(string path)
    {
        const string MayNot = "it may not be written";
        try
        {
            var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite, FileShare.Read);
            if (!File.GetAttributes(file.SafeFileHandle).HasFlag(FileAttributes.ReadOnly))
                return file;
            file.Dispose();
        }
        catch (UnauthorizedAccessException exception)
        {
            throw new UnauthorizedAccessException(MayNot, exception);
        }

        throw new UnauthorizedAccessException(MayNot);
    }
}
