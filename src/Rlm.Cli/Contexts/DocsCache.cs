using System.IO.Hashing;
using System.Security.Cryptography;
using System.Text;
using Rlm.Cli.Configuration;

namespace Rlm.Cli.Contexts;

/// <summary>What <c>rlm-docs</c> made of files, kept from run to run in files of the user's own.</summary>
/// <remarks>
/// An entry is written beside its place and moved there, so that processes at the same time see whole ones. It ends in a sum over the key and
/// all that it holds; one whose sum is another is none. Sums have a secret of the folder in them, so that nobody can make a file that passes
/// for another.
/// </remarks>
/// <param name="folder">Where entries are.</param>
/// <param name="mostBytes">The most that all take together.</param>
internal sealed class DocsCache(string folder, long mostBytes)
{
    private const long MostBytes = 1L << 30;
    private const int SumBytes = 32;
    private const string Ending = ".records", Unfinished = ".new";

    private static readonly TimeSpan Stale = TimeSpan.FromDays(1);

    private readonly Lock _gate = new();
    private long? _secret;
    private long _untilSweep;

    /// <summary>The cache of a user; null where there is no home.</summary>
    public static DocsCache? Find(Func<string, string?> variable) =>
        UserFolder.FindState(variable) is { } state ? new(Path.Combine(state, "documents"), MostBytes) : null;

    /// <summary>The key of a file for a reader; null where there is no cache.</summary>
    /// <param name="reader">What tells the reader from others.</param>
    /// <param name="name">The file's name, which decides how it is read.</param>
    /// <param name="file">The file, which is read to its end.</param>
    public string? MakeKey(string reader, string name, Stream file)
    {
        if (ReadSecret() is not { } secret)
            return null;
        var hash = new XxHash128(secret);
        hash.Append(file);
        return Invariant($"{reader}\n{name}\n{file.Length}\n{Convert.ToHexStringLower(hash.GetCurrentHash())}");
    }

    /// <summary>Writes what is kept of a key. False where nothing is, or it is damaged.</summary>
    public bool TryRead(string key, IRlmFileText text)
    {
        try
        {
            if (TextSource.IsSpecialFile(PathOf(key)))
                return false;

            using var entry = new FileStream(PathOf(key), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            if (entry.Length < SumBytes || !IsWhole(key, entry))
                return false;

            File.SetLastWriteTimeUtc(PathOf(key), TimeProvider.System.GetUtcNow().UtcDateTime);
            entry.Position = 0;
            using var lines = new StreamReader(entry, new UTF8Encoding(false));
            var records = new DocsRecords(text);
            while (!records.IsComplete && lines.ReadLine() is { } line)
                records.Take(line);
            return records.IsComplete;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <summary>Begins to keep what is made of a key, beside where it will be; null where that cannot be.</summary>
    public KeptRecords? Begin(string key)
    {
        try
        {
            Sweep();
            string path = PathOf(key);
            return new KeptRecords(UserFolder.OpenOwn(Invariant($"{path}.{Path.GetRandomFileName()}{Unfinished}"), FileMode.CreateNew), path, mostBytes / 8, () => StartSum(key));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }

    /// <summary>Counts what was kept, until the next time that there may be too much.</summary>
    public void Count(long bytes)
    {
        lock (_gate)
            _untilSweep -= bytes;
    }

    private bool IsWhole(string key, FileStream entry)
    {
        var sum = StartSum(key);
        byte[] buffer = new byte[64 * 1024];
        long left = entry.Length - SumBytes;
        while (left > 0 && entry.Read(buffer, 0, (int)Math.Min(left, buffer.Length)) is var count and > 0)
        {
            sum.Append(buffer.AsSpan(0, count));
            left -= count;
        }

        byte[] written = new byte[SumBytes];
        return left == 0 && entry.ReadAtLeast(written, SumBytes, throwOnEndOfStream: false) == SumBytes
            && Encoding.ASCII.GetString(written) == Convert.ToHexStringLower(sum.GetCurrentHash());
    }

    private XxHash128 StartSum(string key)
    {
        var sum = new XxHash128(ReadSecret() ?? 0);
        sum.Append(Encoding.UTF8.GetBytes(key));
        return sum;
    }

    private string PathOf(string key) => Path.Combine(folder, Convert.ToHexStringLower(StartSum(key).GetCurrentHash()) + Ending);

    /// <summary>The secret of the folder, made when it is first needed; null where that cannot be.</summary>
    private long? ReadSecret()
    {
        lock (_gate)
        {
            if (_secret is not null)
                return _secret;

            string path = Path.Combine(folder, "secret");
            try
            {
                if (TextSource.IsSpecialFile(path))
                    return null;
                byte[] bytes = ReadOrMakeSecret(path);
                return bytes.Length == sizeof(long) && !UserFolder.IsOpenToOthers(path) ? _secret = BitConverter.ToInt64(bytes) : null;
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
            {
                return null;
            }
        }
    }

    /// <summary>The bytes of the secret; fewer where another process is making it, and keeps what this one does not.</summary>
    private static byte[] ReadOrMakeSecret(string path)
    {
        if (!File.Exists(path))
            MakeSecret(path);
        byte[] bytes = File.ReadAllBytes(path);
        // Who made it was ended meanwhile; the next run makes it.
        if (bytes.Length != sizeof(long) && TimeProvider.System.GetUtcNow().UtcDateTime - File.GetLastWriteTimeUtc(path) > Stale)
            File.Delete(path);
        return bytes;
    }

    private static void MakeSecret(string path)
    {
        bool isMade = false;
        try
        {
            // Of two processes one makes it: a move onto another's would not be told.
            using var file = UserFolder.OpenOwn(path, FileMode.CreateNew);
            isMade = true;
            file.Write(RandomNumberGenerator.GetBytes(sizeof(long)));
            file.Flush();
        }
        catch (IOException)
        {
            // Another process was faster, or the disk is full.
            if (isMade)
                File.Delete(path);
        }
    }

    /// <summary>Removes those that were used longest ago where there is too much, and what a process that ended left unfinished.</summary>
    private void Sweep()
    {
        lock (_gate)
        {
            if (_untilSweep > 0 || !Directory.Exists(folder))
                return;

            var now = TimeProvider.System.GetUtcNow().UtcDateTime;
            var files = new DirectoryInfo(folder).EnumerateFiles().ToList();
            foreach (var file in files.Where(file => file.Name.EndsWith(Unfinished, StringComparison.Ordinal) && now - file.LastWriteTimeUtc > Stale))
                file.Delete();

            var entries = files.Where(file => file.Extension == Ending).OrderByDescending(file => file.LastWriteTimeUtc).ToList();
            long kept = 0;
            foreach (var entry in entries)
            {
                kept += entry.Length;
                if (kept > mostBytes)
                    entry.Delete();
            }

            _untilSweep = mostBytes / 16;
        }
    }
}
