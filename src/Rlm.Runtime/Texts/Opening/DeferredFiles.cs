using System.Text;

namespace Rlm.Runtime.Texts.Opening;

/// <summary>
/// The files of a folder that readers make texts of, each read when it is first used: the first by itself, so that it is there soon, then
/// some at a time, ahead of their use.
/// </summary>
/// <param name="encoding">What texts are in where they have no byte order mark; null for UTF-8.</param>
/// <param name="first">A reader that is asked before the registered ones; null for none.</param>
internal sealed class DeferredFiles(Encoding? encoding, IRlmFileReader? first)
{
    private readonly List<Lazy<(TextSource Text, TextException? Problem)>> _reads = [];
    private readonly Lock _lock = new();
    private int _used;
    private int _begun;

    /// <summary>Whether a file of the folder can be read. Where none can, there is nothing to answer from.</summary>
    public bool HasText { get; set; }

    public int Count => _reads.Count;

    /// <summary>A file that is read when it is used.</summary>
    public DeferredTextSource Add(ListedFile file, FileStart start)
    {
        _reads.Add(new(() => TextFiles.OpenDocument(file, start, keepOpen: false, encoding, first)));
        return new(this, _reads.Count - 1, (file, start.Reader), start.Content == RlmFileContent.Mail);
    }

    /// <summary>The text of a file. One that cannot be read has none, which is a gap.</summary>
    /// <exception cref="TextException">No file of the folder can be read.</exception>
    public TextSource Read(int place)
    {
        if (Interlocked.Increment(ref _used) > 1)
            ReadAhead(place + 1);
        var (text, problem) = _reads[place].Value;
        HasText = HasText || problem is null || _reads.Exists(read => read.Value.Problem is null);
        return HasText ? text : throw problem!;
    }

    public void Release(int place)
    {
        if (_reads[place] is { IsValueCreated: true, Value.Text: var text })
            text.Dispose();
    }

    private void ReadAhead(int from)
    {
        lock (_lock)
        {
            int end = Math.Min(_reads.Count, from + Environment.ProcessorCount);
            for (_begun = Math.Max(_begun, from); _begun < end; _begun++)
            {
                var read = _reads[_begun];
                Task.Factory.StartNew(() => read.Value, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
            }
        }
    }
}
