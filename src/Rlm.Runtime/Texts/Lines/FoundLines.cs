using System.Runtime.InteropServices;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>The lines of a text, one after the other, each with what is found on it. Those of a large text are read ahead.</summary>
/// <typeparam name="TFinding">What is found on a line.</typeparam>
/// <typeparam name="TPart">The parts of it.</typeparam>
internal sealed class FoundLines<TFinding, TPart> : IDisposable
{
    private readonly TextSlice _text;
    private readonly LineScanner _lines;
    private readonly ILineFinder<TFinding, TPart> _finder;
    private readonly List<TPart> _parts = [];
    private readonly LinesAhead<FoundLinesBatch<TFinding, TPart>> _ahead;
    private FoundLinesBatch<TFinding, TPart>? _batch;
    private int _index;
    private FoundLine<TFinding> _line;
    private bool _isDisposed;

    /// <param name="text">The text.</param>
    /// <param name="makeFinder">Makes what finds it, one for each thread at a time.</param>
    /// <param name="limits">How lines are read ahead.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public FoundLines(
        TextSlice text, Func<ILineFinder<TFinding, TPart>> makeFinder, AheadLimits limits, CancellationToken cancellationToken)
    {
        _text = text;
        _lines = new LineScanner(text, cancellationToken);
        _finder = makeFinder();
        _ahead = new(text, () => new(makeFinder), limits, cancellationToken);
        Next = text.Start;
    }

    /// <summary>The longest line on which something is looked for.</summary>
    public long MostBytes { get; init; } = long.MaxValue;

    /// <summary>Offset of the line's first byte in the source.</summary>
    public long Start => _line.Start;

    /// <summary>Offset after the line end.</summary>
    public long Next { get; private set; }

    /// <summary>The line.</summary>
    public TextSlice Slice => new(_text.Source, _line.Start, _line.Length);

    /// <summary>Whether the line is too long to be looked at.</summary>
    public bool IsTooLong => _line.Length > MostBytes;

    /// <summary>Whether a line that is too long holds nothing but blanks.</summary>
    public bool IsBlank => _lines.IsBlank;

    /// <summary>The line's bytes, until the next move.</summary>
    public ReadOnlySpan<byte> Bytes => _batch is null ? _lines.Bytes : _batch.BytesAt(_line.Start, (int)_line.Length);

    /// <summary>What was found; nothing on a line that is too long.</summary>
    public TFinding Finding => _line.Finding;

    public ReadOnlySpan<TPart> Parts => _batch is null ? CollectionsMarshal.AsSpan(_parts) : _batch.PartsOf(_line);

    public bool MoveNext()
    {
        if (_batch is not null && _index + 1 < _batch.Lines.Length)
        {
            MoveInBatch(_index + 1);
            return true;
        }

        _batch = Next >= _ahead.From ? _ahead.Take(Next, _lines.ReadEnd) : null;
        if (_batch is not null)
        {
            MoveInBatch(0);
            return true;
        }

        return ReadNext();
    }

    public void Dispose()
    {
        if (_isDisposed)
            return;

        _isDisposed = true;
        _batch = null;
        _ahead.Dispose();
        _finder.Dispose();
        _lines.Dispose();
    }

    private void MoveInBatch(int index)
    {
        _index = index;
        _line = _batch!.Lines[index];
        Next = _batch.NextOf(index);
    }

    private bool ReadNext()
    {
        if (_lines.Next != Next)
            _lines.MoveTo(Next);
        if (!_lines.MoveNext())
        {
            _line = default;
            return false;
        }

        Next = _lines.Next;
        _parts.Clear();
        var finding = _lines.Length > MostBytes ? default! : _finder.Find(_lines.Bytes, _parts);
        _line = new FoundLine<TFinding>(_lines.Start, _lines.Length, 0, _parts.Count, finding);
        return true;
    }
}
