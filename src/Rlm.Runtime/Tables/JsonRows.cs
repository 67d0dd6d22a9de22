using System.Text;
using System.Text.Json;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tables;

/// <summary>Makes values of JSON. Texts without escapes stay slices of the source; rows with the same fields share a shape.</summary>
/// <param name="columns">How texts read; null where nobody asks.</param>
internal sealed class JsonRows(JsonColumns? columns = null)
{
    public static readonly JsonReaderOptions Options = new()
    {
        MaxDepth = 64,
        CommentHandling = JsonCommentHandling.Skip,
        AllowTrailingCommas = true
    };

    private const int MaxBlankBytes = 4 * 1024;
    private const int MaxProbedBytes = 1024 * 1024;

    private readonly Dictionary<string, RecordShape> _shapes = new(StringComparer.Ordinal);
    private RecordShape _last = new([]);

    /// <summary>The value of one JSON text, or null and what is wrong with it.</summary>
    /// <param name="text">Where the bytes stand in their source; null for a computed text, whose fields are computed too.</param>
    /// <param name="bytes">The JSON.</param>
    /// <param name="origin">What rows come from.</param>
    /// <param name="error">What is wrong, in one line.</param>
    public Value? Read(TextSlice? text, ReadOnlySpan<byte> bytes, TextValue? origin, out string? error)
    {
        error = null;
        try
        {
            var reader = new Utf8JsonReader(bytes, Options);
            reader.Read();
            var value = ReadValue(ref reader, text, 0, origin);
            while (reader.Read())
            {
            }

            return value;
        }
        catch (Exception exception) when (exception is JsonException or InvalidOperationException)
        {
            error = TextException.ToOneLine(exception);
            return null;
        }
    }

    /// <summary>
    /// The elements of an array one by one, or the one value that the text is. Throws <see cref="JsonException"/> where it is not JSON.
    /// </summary>
    public IEnumerable<Value> ReadElements(TextSlice text, bool isComputed, TextSlice? origin)
    {
        var elements = new JsonElementReader(this, text, isComputed, origin);
        while (elements.ReadNext() is { } value)
            yield return value;
    }

    /// <summary>Whether a text holds a JSON value in each line, by its first two: of one value the first line is a part.</summary>
    public static bool AreLines(TextSlice text)
    {
        using var lines = new LineScanner(text with { Length = Math.Min(text.Length, MaxProbedBytes) });
        int values = 0;
        while (values < 2 && lines.MoveNext())
        {
            if (lines.IsBlank)
                continue;
            if (lines.Bytes[0] is not ((byte)'{' or (byte)'[') || new JsonRows().Read(null, lines.Bytes, null, out _) is null)
                return false;
            values++;
        }

        return values == 2;
    }

    /// <summary>Whether a text is one array of records, which <c>parse jsonl</c> reads as its rows.</summary>
    public static bool IsArrayOfRecords(TextSlice text)
    {
        var start = text.Source.GetSpan(text.Start, (int)Math.Min(text.Length, MaxBlankBytes)).TrimStart(" \t\r\n"u8);
        return start is [(byte)'[', ..] && start[1..].TrimStart(" \t\r\n"u8) is [(byte)'{' or (byte)']', ..] && !AreLines(text);
    }

    /// <summary>The value whose first token was read, up to its last token.</summary>
    /// <param name="reader">Stands on the first token.</param>
    /// <param name="text">Where the bytes stand in their source; null for a computed text.</param>
    /// <param name="offset">The place in the text that the reader's bytes start at.</param>
    /// <param name="origin">What rows come from.</param>
    /// <param name="column">The column of the field that the value is of.</param>
    public Value ReadValue(ref Utf8JsonReader reader, TextSlice? text, long offset, TextValue? origin, ColumnReading? column = null)
    {
        switch (reader.TokenType)
        {
            case JsonTokenType.String:
                return reader.ValueIsEscaped || text is not { } slice
                    ? new TextValue(reader.GetString()!, origin?.Provenance) { Column = column }
                    : new TextValue(slice with
                    {
                        Start = slice.Start + offset + reader.TokenStartIndex + 1,
                        Length = reader.ValueSpan.Length
                    })
                    { Column = column };
            case JsonTokenType.Number:
                return NumberOf(reader.ValueSpan);
            case JsonTokenType.True:
            case JsonTokenType.False:
                return BoolValue.Of(reader.TokenType == JsonTokenType.True);
            case JsonTokenType.StartArray:
                var items = new List<Value>();
                while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
                    items.Add(ReadValue(ref reader, text, offset, origin, column));
                return ListValue.Of([.. items]);
            case JsonTokenType.StartObject:
                return ReadRecord(ref reader, text, offset, origin);
            default:
                return NoneValue.Instance;
        }
    }

    /// <summary>The number of a JSON number's bytes.</summary>
    public static NumberValue NumberOf(ReadOnlySpan<byte> written)
    {
        Span<char> characters = written.Length <= 256 ? stackalloc char[written.Length] : new char[written.Length];
        Encoding.UTF8.GetChars(written, characters);
        return NumberValue.Read(Number.Parse(characters) ?? 0m, characters);
    }

    /// <summary>How the texts of a field read; null where nobody asks.</summary>
    public ColumnReading? ColumnOf(string name) => columns?.Of(name);

    private RecordValue ReadRecord(ref Utf8JsonReader reader, TextSlice? text, long offset, TextValue? origin)
    {
        var expected = _last;
        var fields = new List<Value>(expected.Names.Count);
        List<string>? names = null;
        Dictionary<string, int>? places = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            int index = fields.Count;
            if (names is null && (index >= expected.Names.Count || !reader.ValueTextEquals(expected.Names[index])))
            {
                names = [.. expected.Names.Take(index)];
                places = names.Index().ToDictionary(name => name.Item, name => name.Index, StringComparer.Ordinal);
            }

            string? name = names is null ? null : reader.GetString()!;
            reader.Read();
            var value = ReadValue(ref reader, text, offset, origin, ColumnOf(name ?? expected.Names[index]));
            if (name is null)
            {
                fields.Add(value);
            }
            else if (!places!.TryAdd(name, fields.Count))
            {
                fields[places[name]] = value;
            }
            else
            {
                names!.Add(name);
                fields.Add(value);
            }
        }

        var shape = names is null && fields.Count == expected.Names.Count
            ? expected
            : ShapeOf(names ?? [.. expected.Names.Take(fields.Count)]);
        _last = shape;
        return new RecordValue(shape, [.. fields], origin);
    }

    private RecordShape ShapeOf(List<string> names)
    {
        string key = new StringBuilder().AppendJoin('\0', names).ToString();
        if (!_shapes.TryGetValue(key, out var shape))
            _shapes.Add(key, shape = new RecordShape(names));
        return shape;
    }
}
