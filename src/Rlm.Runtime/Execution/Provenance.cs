using System.Globalization;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Execution;

/// <summary>What values know of where they come from.</summary>
internal static class Provenance
{
    /// <summary>The document's name, line, byte or citation; for a list that of each item; none for a value that comes from no text.</summary>
    public static Value Of(Value value, ProvenanceKind kind)
    {
        if (value is ListValue list)
            return ListValue.Of([.. list.Items.Select(item => Of(item, kind))]);

        if (SliceOf(value) is not { } slice)
            return NoneValue.Instance;

        return kind switch
        {
            ProvenanceKind.Name => new TextValue(slice.Source.Name),
            ProvenanceKind.Line => new NumberValue(slice.Source.LineAt(slice.Start)),
            ProvenanceKind.At => new NumberValue(slice.Start),
            _ => new TextValue(Cite(slice), slice),
        };
    }

    /// <summary>The slice that the value is or came from, if there is one.</summary>
    public static TextSlice? SliceOf(Value value) => OriginOf(value) is { } text
        ? text.Provenance ?? (text.Parts.Count > 0 ? Cover(SliceOf(text.Parts[0]), SliceOf(text.Parts[^1])) : null)
        : null;

    /// <summary>The text that a value is or came from, which a row made from it keeps.</summary>
    public static TextValue? OriginOf(Value value) => value switch
    {
        TextValue text => text,
        RecordValue record => record.Origin ?? Reading.AsText(record),
        _ => null,
    };

    /// <summary>The slice from the first to the last of two; null where they do not stand in one text.</summary>
    public static TextSlice? Cover(TextSlice? first, TextSlice? last)
    {
        if (first is not { } one || last is not { } other || !ReferenceEquals(one.Source, other.Source))
            return null;

        long start = Math.Min(one.Start, other.Start);
        return new TextSlice(one.Source, start, Math.Max(one.End, other.End) - start);
    }

    private static string Cite(TextSlice slice)
    {
        long first = slice.Source.LineAt(slice.Start);
        long last = slice.Length > 1 ? slice.Source.LineAt(slice.End - 1) : first;
        return first == last
            ? string.Create(CultureInfo.InvariantCulture, $"{slice.Source.Name}:{first}")
            : string.Create(CultureInfo.InvariantCulture, $"{slice.Source.Name}:{first}-{last}");
    }
}
