using System.Runtime.InteropServices;
using System.Text;
using System.Text.Json;
using System.Text.Unicode;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Lines;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>Tells whether a line is a JSON value and nothing else, and where the named fields of a record are.</summary>
/// <param name="names">The names in UTF-8. A line that is sound has a part for each.</param>
internal sealed class JsonLineFinder(byte[][] names) : ILineFinder<JsonLineFinding, JsonToken>
{
    public JsonLineFinding Find(ReadOnlySpan<byte> line, List<JsonToken> parts)
    {
        if (LineScanner.IsBlankLine(line))
            return new JsonLineFinding(JsonLineKind.Blank, 0);

        int first = parts.Count;
        CollectionsMarshal.SetCount(parts, first + names.Length);
        var tokens = CollectionsMarshal.AsSpan(parts)[first..];
        tokens.Clear();
        var kind = KindOf(line, tokens);
        if (kind != JsonLineKind.Sound)
            tokens.Clear();
        return new JsonLineFinding(kind, line.TrimStart(" \t\r"u8)[0]);
    }

    public void Dispose()
    {
    }

    private JsonLineKind KindOf(ReadOnlySpan<byte> line, Span<JsonToken> tokens)
    {
        var reader = new Utf8JsonReader(line, JsonRows.Options);
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
                    tokens[field] = reader.ValueIsEscaped ? default : JsonToken.Of(reader);
            }

            return isSound ? JsonLineKind.Sound : JsonLineKind.Unsure;
        }
        catch (JsonException)
        {
            return JsonLineKind.Broken;
        }
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
        if (expected < names.Length && name.SequenceEqual(names[expected]))
            return expected;

        for (int i = 0; i < names.Length; i++)
        {
            if (name.SequenceEqual(names[i]))
                return i;
        }

        return -1;
    }
}
