using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>A row for each line of JSON. Each line is checked whole; of its fields only those are read that are asked for.</summary>
internal sealed class JsonLineRows(
    TextInput text, JsonRows json, RecordShape? shape, ParseNote note, CancellationToken cancellationToken) : RowReader
{
    /// <summary>The longest line that is a row.</summary>
    private const int MaxLineBytes = 64 * 1024 * 1024;

    private const string HowToLookAtLines = "look at those lines with `peek`, or cut them off before with `grep` or `where`";

    private const string HowToCutLists =
        "give each record a line of its own before, as with `jq -c 'if type == \"array\" then .[] else . end'`";

    private readonly LineScanner _lines = new(text.Slice, cancellationToken);
    private readonly byte[][] _names = [.. (shape?.Names ?? []).Select(name => Encoding.UTF8.GetBytes(name))];
    private readonly ColumnReading?[] _columns = [.. (shape?.Names ?? []).Select(json.ColumnOf)];
    private readonly Token[] _tokens = new Token[shape?.Names.Count ?? 0];
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
            bool isPlain = Start == '{';
            for (int i = 0; isPlain && i < _tokens.Length; i++)
                isPlain = Has(i);
            return isPlain;
        }
    }

    private char Start => (char)_lines.Bytes.TrimStart(" \t\r"u8)[0];

    public bool IsText(int field) => _tokens[field].Type == JsonTokenType.String;

    /// <summary>A field of the record as it stands, a text without its quotes.</summary>
    public ReadOnlySpan<byte> WrittenAt(int field) => _lines.Bytes.Slice(_tokens[field].Start, _tokens[field].Length);

    public override bool Has(int field) => _tokens[field].Type is JsonTokenType.String or JsonTokenType.Number or JsonTokenType.True
        or JsonTokenType.False or JsonTokenType.Null;

    public override Cell CellAt(int field)
    {
        var token = _tokens[field];
        return token.Type switch
        {
            JsonTokenType.String => Cell.OfText(_lines.Bytes.Slice(token.Start, token.Length), _columns[field]),
            JsonTokenType.Number when ColumnReading.None.ReadNumber(_lines.Bytes.Slice(token.Start, token.Length)) is
            {
                IsExact: true,
                InDecimal: var number
            } => Cell.OfNumber(number),
            _ => Cell.Of(ValueAt(field)),
        };
    }

    public override Value ValueAt(int field)
    {
        var token = _tokens[field];
        return token.Type switch
        {
            JsonTokenType.String => text.Part(SliceOf(token), _columns[field]),
            JsonTokenType.Number => JsonRows.NumberOf(_lines.Bytes.Slice(token.Start, token.Length)),
            JsonTokenType.True or JsonTokenType.False => BoolValue.Of(token.Type == JsonTokenType.True),
            _ => NoneValue.Instance,
        };
    }

    public override void Dispose()
    {
        _lines.Dispose();
        note.TakeRows(text.Source, ref _lineCount, ref _leftOut);
    }

    protected override bool Advance()
    {
        while (_lines.MoveNext())
        {
            if (_lines.IsBlank)
                continue;

            _alike = text.Slice.Source.CountAlike(_lines.Start);
            _lineCount += 1 + _alike;
            bool isTooLong = _lines.Length > MaxLineBytes;
            if (!isTooLong && IsJson())
            {
                CountKind();
                return true;
            }

            _leftOut++;
            note.Count(
                ParseNote.LineNoun,
                isTooLong ? "{is|are} longer than 64 MiB and {is|are} left out" : "{is|are} not JSON and {is|are} left out",
                _lines.Slice,
                HowToLookAtLines);
        }

        return false;
    }

    protected override Value MakeItem() => Read() ?? NoneValue.Instance;

    /// <summary>Counts lists beside records, whose fields nobody finds. Lists alone are rows of cells.</summary>
    private void CountKind()
    {
        if (Start == '[' && _listCount++ == 0)
            _firstList = _lines.Slice;
        _hasRecords |= Start == '{';
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

    private TextSlice SliceOf(Token token) => _lines.Slice with { Start = _lines.Start + token.Start, Length = token.Length };

    /// <summary>Whether the line is a value and nothing else; finds where the named fields are.</summary>
    private bool IsJson()
    {
        Array.Clear(_tokens);
        var reader = new Utf8JsonReader(_lines.Bytes, JsonRows.Options);
        try
        {
            int next = 0;
            bool isSound = true;
            while (reader.Read())
            {
                isSound &= IsSound(reader);
                if (reader.TokenType != JsonTokenType.PropertyName || reader.CurrentDepth != 1)
                    continue;

                int field = IndexOf(reader.ValueSpan, next);
                next = field + 1;
                reader.Read();
                isSound &= IsSound(reader);
                if (field >= 0)
                    _tokens[field] = reader.ValueIsEscaped ? default : Token.Of(reader);
            }

            if (isSound)
                return true;
        }
        catch (JsonException)
        {
            return false;
        }

        Array.Clear(_tokens);
        return Read() is not null;
    }

    /// <summary>Whether a token can be read for certain: a name without escapes, or a text whose escapes name no surrogates.</summary>
    private static bool IsSound(in Utf8JsonReader reader) => reader.TokenType switch
    {
        JsonTokenType.PropertyName => !reader.ValueIsEscaped && Utf8.IsValid(reader.ValueSpan),
        JsonTokenType.String => !reader.ValueIsEscaped || (Ascii.IsValid(reader.ValueSpan) && reader.ValueSpan.IndexOf("\\u"u8) < 0),
        _ => true,
    };

    /// <summary>The field of that name, tried first at the place where the last line had it; -1 for none.</summary>
    private int IndexOf(ReadOnlySpan<byte> name, int expected)
    {
        if (expected < _names.Length && name.SequenceEqual(_names[expected]))
            return expected;

        for (int i = 0; i < _names.Length; i++)
        {
            if (name.SequenceEqual(_names[i]))
                return i;
        }

        return -1;
    }

    /// <summary>Where a field's value stands in the line, a text without its quotes; of no type where the line has no such field.</summary>
    private readonly record struct Token(JsonTokenType Type, int Start, int Length)
    {
        public static Token Of(in Utf8JsonReader reader) => new(
            reader.TokenType,
            (int)reader.TokenStartIndex + (reader.TokenType == JsonTokenType.String ? 1 : 0),
            reader.ValueSpan.Length);
    }
}
