using Rlm.Runtime.Texts.Encodings;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>
/// The lines of a text that a program asks for, one after the other. They keep the numbers that they have in the text, and know how many
/// lines were left out before them.
/// </summary>
internal sealed class ReducedTextSource : TextSource
{
    private readonly TextSource _kept;
    private readonly TextFacts _facts;
    private readonly IReadOnlyList<LineRun> _runs;
    private readonly LeftOutLines _leftOut;
    private readonly IReadOnlyDictionary<long, long> _alike;
    private volatile bool _isUsed;

    /// <param name="kept">The lines, which this source disposes of.</param>
    /// <param name="facts">What is known of the whole text.</param>
    /// <param name="runs">Which lines stood together, in order.</param>
    /// <param name="leftOut">All that is not there.</param>
    /// <param name="alike">How many lines that are left out say the same as one, by its offset.</param>
    public ReducedTextSource(
        TextSource kept, TextFacts facts, IReadOnlyList<LineRun> runs, LeftOutLines leftOut, IReadOnlyDictionary<long, long> alike)
        : base(facts.Name)
    {
        (_kept, _facts, _runs, _leftOut, _alike) = (kept, facts, runs, leftOut, alike);
        Faults = new Utf8Faults(facts.FaultCount);
        AllAlike = alike.Values.Sum();
        Mail = facts.Mail;
        Places = facts.Places;
        Gap = facts.Gap;
        Undecoded = facts.Undecoded;
        LikelyEncoding = facts.LikelyEncoding;
        BytesPerToken = facts.BytesPerToken;
        HasEncodedParts = facts.HasEncodedParts;
    }

    public override long LengthBytes
    {
        get
        {
            _isUsed = true;
            return _kept.LengthBytes;
        }
    }

    internal override bool IsNear => _kept.IsNear;

    internal override bool IsRead => _isUsed || !_facts.IsDeferred;

    internal override Utf8Faults Faults { get; }

    internal override long? FaultLine => _facts.FaultLine;

    internal override long SizeBytes => _facts.SizeBytes;

    internal override DateTime? ModifiedUtc => _facts.ModifiedUtc;

    internal override long AllAlike { get; }

    internal override ReadOnlySpan<byte> GetSpan(long start, int length) => _kept.GetSpan(start, length);

    internal override void ReadBytes(long offset, Span<byte> buffer) => _kept.ReadBytes(offset, buffer);

    internal override long LineOf(long offset)
    {
        long line = base.LineOf(offset);
        return line + FindBefore(line).Lines;
    }

    internal override LeftOutLines CountLeftOut(long next, bool isAtEnd) =>
        isAtEnd ? _leftOut : next == 0 ? default : FindBefore(base.LineOf(next - 1));

    internal override long CountAlike(long start) => _alike.GetValueOrDefault(start);

    /// <summary>What was left out before a line.</summary>
    private LeftOutLines FindBefore(long line)
    {
        int least = 0, most = _runs.Count;
        while (least < most)
        {
            int middle = (least + most) / 2;
            if (_runs[middle].FirstLine <= line)
                least = middle + 1;
            else
                most = middle;
        }

        return least == 0 ? default : _runs[least - 1].Before;
    }

    private protected override void Release() => _kept.Dispose();
}
