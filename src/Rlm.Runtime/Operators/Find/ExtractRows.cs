using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Find;

/// <summary>A row for each match on a line.</summary>
internal sealed class ExtractRows(
    TextInput text, CapturePattern pattern, RecordShape shape, IReadOnlyList<RlmType?> types, IReadOnlyList<ColumnReading>? columns,
    ExtractNote note, CancellationToken cancellationToken, AheadLimits? limits = null)
    : MatchRows(text, shape, types, columns, note)
{
    private readonly TextSource? _source = text.Source;
    private readonly TextSlice _text = text.Slice;
    private readonly FoundLines<ExtractFinding, CapturePlace> _lines = new(
        text.Slice, FindersOf(pattern, note.MayTakeMore), limits ?? AheadLimits.Default, cancellationToken);
    private int _match;
    private long _lineCount;
    private long _matchedCount;
    private TextSlice? _firstUnmatched;
    private long _alikeCount;
    private TextSlice? _firstAlike;
    private TextSlice? _matched;
    private bool _isAtEnd;
    private long _alike;

    protected override long Alike => _alike;

    protected override TextSlice Row => _lines.Slice;

    protected override ReadOnlySpan<byte> Bytes => _lines.Bytes;

    public override void Dispose()
    {
        _lines.Dispose();
        Note.CountLines(_source, _lineCount + _text.CountLeftOut(_lines.Next, _isAtEnd).Filled, _matchedCount, _firstUnmatched, _alikeCount, _firstAlike);
        if (Note.MayEndEarly && _matchedCount == 1 && _lineCount > 1 && _matched is { } only && _firstUnmatched!.Value.Start > only.Start)
            Note.CountEarlyEnd(only);
        base.Dispose();
    }

    protected override bool AdvanceRow()
    {
        if (++_match < _lines.Finding.Matches)
            return true;

        _match = 0;
        while (_lines.MoveNext())
        {
            var finding = _lines.Finding;
            if (finding.Matches > 0)
            {
                _alike = _source?.CountAlike(_lines.Start) ?? 0;
                _lineCount++;
                _matchedCount += 1 + _alike;
                _matched = _lines.Slice;
                if (finding.TakesMore)
                    Note.CountMore(_lines.Slice);
                return true;
            }

            if (!finding.IsBlank)
            {
                _lineCount++;
                if (_firstUnmatched is null)
                    Note.OnTold?.Invoke(_lines.Slice);
                _firstUnmatched ??= _lines.Slice;
                if (finding.LooksAlike)
                {
                    Note.OnTold?.Invoke(_lines.Slice);
                    _alikeCount++;
                    _firstAlike ??= _lines.Slice;
                }
            }
        }

        _isAtEnd = true;
        return false;
    }

    private static Func<ExtractFinder> FindersOf(CapturePattern pattern, bool mayTakeMore) => () => new ExtractFinder(pattern, mayTakeMore);

    protected override CapturePlace PlaceOf(int field) => _lines.Parts[(_match * Names.Count) + field];
}
