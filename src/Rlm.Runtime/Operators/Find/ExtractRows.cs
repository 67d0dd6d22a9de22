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
    private readonly TextSource? _source = text.Source;
    private readonly TextSlice _text = text.Slice;
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
    private TextSlice? _matched;
    private bool _isAtEnd;
    private long _alike;

    protected override long Alike => _alike;

    protected override TextSlice Row => _lines.Slice;

    protected override ReadOnlySpan<byte> Bytes => _lines.Bytes;

    public override void Dispose()
    {
        _lines.Dispose();
        pattern.Return(_captures);
        Note.CountLines(_source, _lineCount + _text.CountLeftOut(_lines.Next, _isAtEnd).Filled, _matchedCount, _firstUnmatched, _alikeCount, _firstAlike);
        if (Note.MayEndEarly && _matchedCount == 1 && _lineCount > 1 && _matched is { } only && _firstUnmatched!.Value.Start > only.Start)
            Note.CountEarlyEnd(only);
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
                _alike = _source?.CountAlike(_lines.Start) ?? 0;
                _lineCount++;
                _matchedCount += 1 + _alike;
                _matched = _lines.Slice;
                if (Note.MayTakeMore && TakesMore(_lines.Bytes.Slice(_places[^1].Start, _places[^1].Length)))
                    Note.CountMore(_lines.Slice);
                return true;
            }

            if (!_lines.IsBlank)
            {
                _lineCount++;
                if (_firstUnmatched is null)
                    Note.OnTold?.Invoke(_lines.Slice);
                _firstUnmatched ??= _lines.Slice;
                if (pattern.LooksAlike(_lines.Bytes))
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

    /// <summary>Whether a value goes on with another key and its sign: <c>auth msg=ok</c>.</summary>
    private static bool TakesMore(ReadOnlySpan<byte> value)
    {
        for (int sign = value.IndexOf((byte)'='); sign > 0;)
        {
            int start = sign;
            while (start > 0 && (char.IsAsciiLetterOrDigit((char)value[start - 1]) || value[start - 1] is (byte)'_' or (byte)'.' or (byte)'-'))
                start--;
            if (start > 0 && start < sign && value[start - 1] == ' ')
                return true;
            int next = value[(sign + 1)..].IndexOf((byte)'=');
            sign = next < 0 ? -1 : sign + 1 + next;
        }

        return false;
    }

    protected override CapturePlace PlaceOf(int field) => _places[(_match * Names.Count) + field];
}
