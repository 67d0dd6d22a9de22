using System.Text;
using System.Text.Json;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>A row for each line of JSON. Each line is checked whole; of its fields only those are read that are asked for.</summary>
internal sealed class JsonLineRows(
    TextInput text, JsonRows json, RecordShape? shape, ParseNote note, CancellationToken cancellationToken,
    AheadLimits? limits = null) : RowReader
{
    /// <summary>The longest line that is a row.</summary>
    private const int MaxLineBytes = 64 * 1024 * 1024;

    private const string HowToLookAtLines = "look at those lines with `peek`, or cut them off before with `grep` or `where`";

    private const string HowToCutLists =
        "give each record a line of its own before, as with `jq -c 'if type == \"array\" then .[] else . end'`";

    private readonly FoundLines<JsonLineFinding, JsonToken> _lines = new(
        text.Slice, FindersOf(shape), limits ?? AheadLimits.Default, cancellationToken)
    { MostBytes = MaxLineBytes };
    private readonly ColumnReading?[] _columns = [.. (shape?.Names ?? []).Select(json.ColumnOf)];
    private readonly int _fieldCount = shape?.Names.Count ?? 0;
    private long _lineCount;
    private long _leftOut;
    private long _alike;
    private bool _hasRecords;
    private long _listCount;
    private TextSlice _firstList;

    protected override long Alike => _alike;

    /// <summary>The line.</summary>
    public TextSlice Line => _lines.Slice;

    /// <summary>Where the next line begins.</summary>
    public long Next => _lines.Next;

    /// <summary>Whether the line is a record that has all fields, none of which is a list, a record or escaped.</summary>
    public bool IsPlainRecord
    {
        get
        {
            bool isPlain = _lines.Finding.Opening == '{';
            for (int i = 0; isPlain && i < _fieldCount; i++)
                isPlain = Has(i);
            return isPlain;
        }
    }

    public bool IsText(int field) => _lines.Parts[field].Type == JsonTokenType.String;

    /// <summary>A field of the record as it stands, a text without its quotes.</summary>
    public ReadOnlySpan<byte> WrittenAt(int field) => BytesOf(_lines.Parts[field]);

    public override bool Has(int field) => _lines.Parts[field].Type is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True
        or JsonTokenType.False or JsonTokenType.Null;

    public override Cell CellAt(int field)
    {
        var token = _lines.Parts[field];
        return token.Type switch
        {
            JsonTokenType.String => Cell.OfText(BytesOf(token), _columns[field]),
            JsonTokenType.Number when ColumnReading.None.ReadNumber(BytesOf(token)) is
            {
                IsExact: true,
                InDecimal: var number
            } => Cell.OfNumber(number),
            _ => Cell.Of(ValueAt(field)),
        };
    }

    /// <summary>The kind of a field's value.</summary>
    public ValueKind KindAt(int field) => _lines.Parts[field].Type switch
    {
        JsonTokenType.String => ValueKind.Text,
        JsonTokenType.Number => ValueKind.Number,
        JsonTokenType.True or JsonTokenType.False => ValueKind.Bool,
        _ => ValueKind.None,
    };

    public override Value ValueAt(int field)
    {
        var token = _lines.Parts[field];
        return token.Type switch
        {
            JsonTokenType.String => text.Part(SliceOf(token), _columns[field]),
            JsonTokenType.Number => JsonRows.NumberOf(BytesOf(token)),
            JsonTokenType.True or JsonTokenType.False => BoolValue.Of(token.Type == JsonTokenType.True),
            _ => NoneValue.Instance,
        };
    }

    public override void Dispose()
    {
        _lines.Dispose();
        note.TakeRows(text.Source, ref _lineCount, ref _leftOut);
    }

    private static Func<JsonLineFinder> FindersOf(RecordShape? shape)
    {
        byte[][] names = [.. (shape?.Names ?? []).Select(name => Encoding.UTF8.GetBytes(name))];
        return () => new JsonLineFinder(names);
    }

    protected override bool Advance()
    {
        while (_lines.MoveNext())
        {
            var kind = _lines.Finding.Kind;
            if (kind == JsonLineKind.Blank || (kind == JsonLineKind.None && _lines.IsBlank))
                continue;

            _alike = text.Slice.Source.CountAlike(_lines.Start);
            _lineCount += 1 + _alike;
            if (kind == JsonLineKind.Sound || (kind == JsonLineKind.Unsure && Read() is not null))
            {
                CountKind();
                return true;
            }

            _leftOut++;
            note.Count(
                ParseNote.LineNoun,
                _lines.IsTooLong ? "{is|are} longer than 64 MiB and {is|are} left out" : "{is|are} not JSON and {is|are} left out",
                _lines.Slice,
                HowToLookAtLines);
        }

        return false;
    }

    protected override Value MakeItem() => Read() ?? NoneValue.Instance;

    /// <summary>Counts lists beside records, whose fields nobody finds. Lists alone are rows of cells.</summary>
    private void CountKind()
    {
        if (_lines.Finding.Opening == '[' && _listCount++ == 0)
            _firstList = _lines.Slice;
        _hasRecords |= _lines.Finding.Opening == '{';
        if (!_hasRecords || _listCount == 0)
            return;

        note.Count(
            ParseNote.LineNoun,
            "{is a list|are lists} beside lines of records, and {is one item|are items} without fields",
            _firstList,
            HowToCutLists,
            _listCount);
        _listCount = 0;
    }

    private Value? Read() => json.Read(text.IsComputed ? null : _lines.Slice, _lines.Bytes, text.Part(_lines.Slice), out _);

    private ReadOnlySpan<byte> BytesOf(JsonToken token) => _lines.Bytes.Slice(token.Start, token.Length);

    private TextSlice SliceOf(JsonToken token) => _lines.Slice with { Start = _lines.Start + token.Start, Length = token.Length };
}
