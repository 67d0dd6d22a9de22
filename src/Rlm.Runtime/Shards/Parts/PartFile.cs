using System.IO.Hashing;
using Rlm.Runtime.Texts.Opening;

namespace Rlm.Runtime.Shards.Parts;

/// <summary>The file of a part: written beside, and renamed when it is whole.</summary>
internal static class PartFile
{
    private const int BufferBytes = 256 * 1024;
    private const int HashBytes = 16;

    // What stands beside a part that is being written: its name, a number of its own, and this.
    private const string BesideEnd = ".tmp";

    /// <summary>Where a part says what it is of.</summary>
    public static long HeaderOffset => Mark.Length;

    private static ReadOnlySpan<byte> Mark => "RLM part 1\n"u8;

    /// <summary>Writes a part. One that is there stays until the new one is whole; what a killed process left beside it goes.</summary>
    /// <exception cref="IOException">The file cannot be written.</exception>
    /// <exception cref="TextException">It would have more bytes than it may.</exception>
    public static async Task<T> WriteAsync<T>(string path, Func<PartStream, Task<T>> write, long maxBytes = long.MaxValue)
    {
        string full = Path.GetFullPath(path), folder = Path.GetDirectoryName(full)!;
        if (!Directory.Exists(folder))
            throw new IOException($"the part `{path}` cannot be written: its directory does not exist; make it, or name another file");

        if (Directory.Exists(path) || TextSource.IsSpecialFile(path) || (new FileInfo(path) is { Exists: true, Length: > 0 } && !IsPart(path)))
            throw new IOException($"`{path}` is there, and is not the part of a shard; name another file, so that nothing is lost");

        DeleteLeft(folder, Path.GetFileName(full));
        string beside = $"{path}.{Guid.NewGuid():N}{BesideEnd}";
        try
        {
            T result;
            using (var file = new FileStream(beside, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, BufferBytes))
            {
                var part = new PartStream(file, maxBytes);
                part.WriteBytes(Mark);
                result = await write(part).ConfigureAwait(false);
                file.Write(part.Hash);
            }

            File.Move(beside, path, overwrite: true);
            return result;
        }
        catch
        {
            File.Delete(beside);
            throw;
        }
    }

    /// <summary>Reads a part that is whole.</summary>
    /// <exception cref="TextException">It cannot be read, or is not what was written.</exception>
    public static T Read<T>(PartPlace place, Func<PartStream, T> read)
    {
        string path = place.Path;
        try
        {
            using var file = place.Open();
            if (!IsPart(file))
                throw new TextException($"`{path}` is not the part of a shard; name the files that shards wrote");
            if (!IsWhole(file))
                throw new TextException($"the part `{path}` is damaged or not whole; make it again");

            file.Position = Mark.Length;
            return read(new PartStream(file));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new TextException($"the part `{path}` cannot be read: {TextException.ToOneLine(exception)}", exception);
        }
    }

    /// <summary>Deletes what processes left that were killed; one that still writes holds its file.</summary>
    private static void DeleteLeft(string folder, string name)
    {
        foreach (string left in Directory.EnumerateFiles(folder, $"{name}.*{BesideEnd}"))
        {
            string number = Path.GetFileName(left)[(name.Length + 1)..^BesideEnd.Length];
            if (!Guid.TryParseExact(number, "N", out _))
                continue;

            try
            {
                using (new FileStream(left, FileMode.Open, FileAccess.ReadWrite, FileShare.None))
                    File.Delete(left);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                // Another process writes the same part, or has just finished it.
            }
        }
    }

    /// <summary>Whether a file begins as a part does.</summary>
    public static bool IsPart(ReadOnlySpan<byte> start) => start.StartsWith(Mark);

    private static bool IsPart(string path)
    {
        using var file = File.OpenRead(path);
        return IsPart(file);
    }

    private static bool IsPart(Stream file)
    {
        Span<byte> mark = stackalloc byte[Mark.Length];
        return file.ReadAtLeast(mark, mark.Length, throwOnEndOfStream: false) == mark.Length && IsPart(mark);
    }

    /// <summary>Whether the hash at the end is that of what stands before.</summary>
    private static bool IsWhole(Stream file)
    {
        var hash = new XxHash128();
        byte[] buffer = new byte[BufferBytes];
        file.Position = 0;
        for (long left = file.Length - HashBytes; left > 0;)
        {
            var block = buffer.AsSpan(0, (int)Math.Min(buffer.Length, left));
            file.ReadExactly(block);
            hash.Append(block);
            left -= block.Length;
        }

        var written = buffer.AsSpan(0, HashBytes);
        return file.ReadAtLeast(written, HashBytes, throwOnEndOfStream: false) == HashBytes && written.SequenceEqual(hash.GetCurrentHash());
    }
}
