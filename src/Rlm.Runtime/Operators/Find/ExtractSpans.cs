using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Find;

/// <summary>A row for each match in a whole text, which may go over lines.</summary>
internal sealed class ExtractSpans : MatchRows
{
    private readonly TextInput _text;
    private readonly CapturePattern _pattern;
    private readonly CancellationToken _cancellationToken;
    private readonly IEnumerator<TextMatch> _matches;
    private byte[] _bytes = [];
    private long _end;
    private bool _hasMatch;
    private bool _isAtEnd;

    public ExtractSpans(
        TextInput text, CapturePattern pattern, TextMatches matches, RecordShape shape, IReadOnlyList<RlmType?> types,
        IReadOnlyList<ColumnReading>? columns, ExtractNote note, CancellationToken cancellationToken)
        : base(text, shape, types, columns, note)
    {
        (_text, _pattern, _cancellationToken) = (text, pattern, cancellationToken);
        _matches = matches.Find(text.Slice, cancellationToken).GetEnumerator();
        _end = text.Slice.Start;
    }

    protected override TextSlice Row => _matches.Current.Slice;

    protected override ReadOnlySpan<byte> Bytes => _bytes.AsSpan(0, (int)Row.Length);

    public override void Dispose()
    {
        _matches.Dispose();
        if (_isAtEnd || _hasMatch)
            Note.CountText(_text, _hasMatch);
        base.Dispose();
    }

    protected override bool AdvanceRow()
    {
        if (!_matches.MoveNext())
        {
            LookBetween(_text.Slice.End);
            _isAtEnd = true;
            return false;
        }

        _hasMatch = true;
        LookBetween(Row.Start);
        _end = Row.End;
        ReadRow();
        return true;
    }

    protected override CapturePlace PlaceOf(int field) => _matches.Current.Captures[field];

    private void ReadRow()
    {
        int length = (int)Row.Length;
        if (_bytes.Length < length)
            _bytes = new byte[Math.Max(length, 2 * _bytes.Length)];
        Row.Source.Read(Row.Start, _bytes.AsSpan(0, length));
    }

    /// <summary>Counts the lines between matches that look as if one began there.</summary>
    private void LookBetween(long end)
    {
        if (!_pattern.CanLookAlike || end <= _end)
            return;

        using var lines = new LineScanner(new TextSlice(_text.Slice.Source, _end, end - _end), _cancellationToken);
        while (lines.MoveNext())
        {
            if (_pattern.LooksAlike(lines.Bytes))
                Note.CountAlike(lines.Slice);
        }
    }
}
