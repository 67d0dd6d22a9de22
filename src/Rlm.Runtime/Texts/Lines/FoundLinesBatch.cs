using System.Runtime.InteropServices;

namespace Rlm.Runtime.Texts.Lines;

/// <summary>The lines of a range, each with what was found on it.</summary>
/// <param name="makeFinder">Makes what finds it, for as long as a range is read: so a thread has one, and not each of many batches.</param>
internal sealed class FoundLinesBatch<TFinding, TPart>(Func<ILineFinder<TFinding, TPart>> makeFinder) : LineBatch
{
    private readonly List<FoundLine<TFinding>> _lines = [];
    private readonly List<TPart> _parts = [];

    public ReadOnlySpan<FoundLine<TFinding>> Lines => CollectionsMarshal.AsSpan(_lines);

    public ReadOnlySpan<TPart> PartsOf(in FoundLine<TFinding> line) =>
        CollectionsMarshal.AsSpan(_parts).Slice(line.FirstPart, line.PartCount);

    /// <summary>Where the line behind one begins.</summary>
    public long NextOf(int line) => line + 1 < _lines.Count ? _lines[line + 1].Start : Range.End;

    protected override void ReadLines(LineScanner lines, CancellationToken cancellationToken)
    {
        _lines.Clear();
        _parts.Clear();
        using var finder = makeFinder();
        while (lines.MoveNext())
        {
            cancellationToken.ThrowIfCancellationRequested();
            int first = _parts.Count;
            var finding = finder.Find(lines.Bytes, _parts);
            _lines.Add(new FoundLine<TFinding>(lines.Start, lines.Length, first, _parts.Count - first, finding));
        }
    }
}
