using Rlm.Dsl.Binding;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>What values know of where they come from.</summary>
internal static class Provenance
{
    /// <summary>
    /// The document's name, line, byte or citation; for a list that of each item; none for a value that comes from no text.
    /// </summary>
    public static Value Of(Value value, ProvenanceKind kind)
    {
        if (value is ListValue list)
            return ListValue.Of([.. list.Items.Select(item => Of(item, kind))]);

        if (SliceOf(value) is not { } slice)
            return NoneValue.Instance;

        return kind switch
        {
            ProvenanceKind.Name => new TextValue(slice.Source.Name),
            ProvenanceKind.Line => new NumberValue(slice.FirstLine),
            ProvenanceKind.At => new NumberValue(slice.Start),
            _ => new TextValue(slice.Cite, slice),
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

    /// <summary>What a reply cites, or the replies in a record or a list do.</summary>
    public static IEnumerable<TextSlice> CitedIn(Value value) => value switch
    {
        TextValue text => text.Cited,
        RecordValue record => record.Fields.SelectMany(CitedIn),
        ListValue list => list.Items.SelectMany(CitedIn),
        _ => [],
    };

    /// <summary>Where a value stands, or what it cites; empty for what was computed.</summary>
    public static IReadOnlyList<TextSlice> PlacesOf(Value value) => SliceOf(value) is { } slice ? [slice] : (value as TextValue)?.Cited ?? [];

    /// <summary>The slice from the first to the last of two; null where one is missing or they do not stand in one text.</summary>
    public static TextSlice? Cover(TextSlice? first, TextSlice? last) =>
        first is { } one && last is { } other ? TextSlice.Cover(one, other) : null;
}
