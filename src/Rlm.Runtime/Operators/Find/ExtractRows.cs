using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Operators.Find;

/// <summary>A row for each match on a line.</summary>
internal sealed class ExtractRows(
    TextInput text, CapturePattern pattern, RecordShape shape, IReadOnlyList<RlmType?> types, IReadOnlyList<ColumnReading>? columns,
    ExtractNote note, CancellationToken cancellationToken)
    : FieldRows(text, shape, types, columns)
{
    private readonly LineScanner _lines = new(text.Slice, cancellationToken);
    private readonly LineCaptures _captures = pattern.Rent();
    private readonly List<CapturePlace> _places = [];
    private readonly IReadOnlyList<string> _names = shape.Names;
    private readonly bool[] _areOptional = [.. types.Select(type => type is OptionalType)];
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
        note.CountLines(_lineCount, _matchedCount, _firstUnmatched, _alikeCount, _firstAlike);
        for (int i = 0; i < _names.Count; i++)
            note.CountReads(_names[i], ReadCount(i));
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

    protected override CapturePlace PlaceOf(int field) => _places[(_match * _names.Count) + field];

    protected override void CountUnreadable(int field, TextSlice place) => note.CountUnreadable(_names[field], place, _areOptional[field]);

    protected override void CountGuess(int field, DateGuess guess, TextSlice place) => note.CountGuess(_names[field], guess);
}
