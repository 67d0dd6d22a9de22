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
    ExtractNote note, CancellationToken cancellationToken)
    : MatchRows(text, shape, types, columns, note)
{
    private readonly LineScanner _lines = new(text.Slice, cancellationToken);
    private readonly LineCaptures _captures = pattern.Rent();
    private readonly List<CapturePlace> _places = [];
    private int _matches;
    private int _match;
    private long _lineCount;
    private long _matchedCount;
    private TextSlice? _firstUnmatched;
    private long _alikeCount;
    private TextSlice? _firstAlike;

    protected override TextSlice Row => _lines.Slice;

    protected override ReadOnlySpan<byte> Bytes => _lines.Bytes;

    public override void Dispose()
    {
        _lines.Dispose();
        pattern.Return(_captures);
        Note.CountLines(_lineCount, _matchedCount, _firstUnmatched, _alikeCount, _firstAlike);
        base.Dispose();
    }

    protected override bool AdvanceRow()
    {
        if (++_match < _matches)
            return true;

        _match = 0;
        while (_lines.MoveNext())
        {
            _places.Clear();
            _matches = _captures.Find(_lines.Bytes, _places);
            if (_matches > 0)
            {
                _lineCount++;
                _matchedCount++;
                return true;
            }

            if (!_lines.IsBlank)
            {
                _lineCount++;
                _firstUnmatched ??= _lines.Slice;
                if (pattern.LooksAlike(_lines.Bytes))
                {
                    _alikeCount++;
                    _firstAlike ??= _lines.Slice;
                }
            }
        }

        return false;
    }

    protected override CapturePlace PlaceOf(int field) => _places[(_match * Names.Count) + field];
}
