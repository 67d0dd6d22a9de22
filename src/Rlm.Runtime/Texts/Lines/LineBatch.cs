using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>A range of whole lines that is read at once, and what is found on them. One thread reads it, and another takes it.</summary>
internal abstract class LineBatch : IDisposable
{
    private LineScanner? _lines;

    /// <summary>The lines.</summary>
    public TextSlice Range { get; private set; }

    /// <summary>Whether it was read, as who guards it knows.</summary>
    public bool IsRead { get; set; }

    /// <summary>What kept it from being read; null for nothing.</summary>
    public Exception? Failure { get; private set; }

    /// <summary>Makes it a batch of other lines, which are not read yet.</summary>
    public void Assign(TextSlice range)
    {
        Range = range;
        IsRead = false;
        Failure = null;
    }

    /// <summary>Reads the lines; what goes wrong is kept.</summary>
    /// <param name="readBytes">How much is read at once, of which the last may be the start of a line behind the range.</param>
    /// <param name="cancellationToken">Ends it, with a part of the lines.</param>
    public void Read(int readBytes, CancellationToken cancellationToken)
    {
        try
        {
            _lines?.Dispose();
            _lines = new LineScanner(Range, readBytes, cancellationToken);
            ReadLines(_lines, cancellationToken);
        }
        catch (Exception exception)
        {
            Failure = exception;
        }
    }

    /// <summary>Looks for bytes that are not UTF-8, as far as reading in order would have looked.</summary>
    public void CheckBytes() => _lines!.CheckBytes();

    /// <summary>Bytes of the range, until it is another one.</summary>
    public ReadOnlySpan<byte> BytesAt(long start, int length) => _lines!.BytesAt(start, length);

    public void Dispose() => _lines?.Dispose();

    /// <summary>Reads the lines and keeps what is found; what was kept before is of other lines.</summary>
    protected abstract void ReadLines(LineScanner lines, CancellationToken cancellationToken);
}
