using System.IO.Hashing;
using System.Text;
using Rlm.Docs;

namespace Rlm.Cli.Contexts;

/// <summary>An entry of the cache that is being written. What goes wrong with it does not touch the text.</summary>
/// <param name="file">The file beside its place.</param>
/// <param name="path">Its place.</param>
/// <param name="mostBytes">What it may take.</param>
/// <param name="startSum">Starts the sum that it ends in.</param>
internal sealed class KeptRecords(FileStream file, string path, long mostBytes, Func<XxHash128> startSum) : IDisposable
{
    private readonly RecordWriter _writer = new(file);
    private bool _isBroken;

    public void Add(Action<RecordWriter> write)
    {
        if (_isBroken)
            return;

        try
        {
            write(_writer);
            _isBroken = file.Length > mostBytes;
        }
        catch (IOException)
        {
            _isBroken = true;
        }
    }

    /// <summary>Moves the entry to its place, and gives its length; 0 where it is not kept.</summary>
    public long Complete()
    {
        Add(writer => writer.End());
        if (_isBroken)
            return 0;

        try
        {
            file.Flush();
            using (var written = new FileStream(file.Name, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete))
            {
                var sum = startSum();
                sum.Append(written);
                file.Write(Encoding.ASCII.GetBytes(Convert.ToHexStringLower(sum.GetCurrentHash())));
            }

            long length = file.Length;
            _writer.Dispose();
            file.Dispose();
            File.Move(file.Name, path, overwrite: true);
            return length;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            return 0;
        }
    }

    public void Dispose()
    {
        // Each writes what is left first, which a full disk refuses.
        TryEnd(_writer.Dispose);
        TryEnd(file.Dispose);
        TryEnd(() => File.Delete(file.Name));
    }

    private static void TryEnd(Action end)
    {
        try
        {
            end();
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A later run removes it.
        }
    }
}
