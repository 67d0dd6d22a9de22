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
    public static IReadOnlyList<TextSlice> CitedIn(Value value)
    {
        List<TextSlice>? cited = null;
        AddCited(value, ref cited);
        return cited ?? [];
    }

    /// <summary>Adds what a value cites to a list that is made when there is something to add.</summary>
    public static void AddCited(Value value, ref List<TextSlice>? cited)
    {
        switch (value)
        {
            case TextValue { Cited: { Count: > 0 } places }:
                (cited ??= []).AddRange(places);
                break;
            case RecordValue record:
                foreach (var field in record.Fields)
                    AddCited(field, ref cited);
                break;
            case ListValue list:
                foreach (var item in list.Items)
                    AddCited(item, ref cited);
                break;
        }
    }

    /// <summary>A text that was made of others, which cites what they do.</summary>
    public static TextValue Cite(TextValue made, List<TextSlice>? cited) =>
        cited is null ? made : new TextValue(made.ToString(), made.Provenance) { Cited = [.. cited.Distinct()] };

    /// <summary>
    /// Where a value stands, and what it cites; of a row also where fields stand that come from elsewhere, as from a join, or that are items, as in a
    /// pair. Empty for what was computed: a count does not stand where its key was seen first.
    /// </summary>
    public static IReadOnlyList<TextSlice> PlacesOf(Value value)
    {
        var slice = SliceOf(value);
        IEnumerable<TextSlice> others = value switch
        {
            RecordValue record when slice is { } row => record.Fields.Where(static field => field is not ListValue).SelectMany(PlacesOf).Where(place => !row.Holds(place)),
            RecordValue record => record.Fields.SelectMany(field => IsItemOf(record, field) ? PlacesOf(field) : CitedIn(field)),
            _ => CitedIn(value),
        };
        return slice is { } own ? [own, .. others] : [.. others];
    }

    /// <summary>Whether a field of a row that comes from no text is an item with a place of its own, and no key.</summary>
    public static bool IsItemOf(RecordValue row, Value field) => row.Shape.HoldsItems && field is not ListValue && OriginOf(row) is null;

    /// <summary>The slice from the first to the last of two; null where one is missing or they do not stand in one text.</summary>
    public static TextSlice? Cover(TextSlice? first, TextSlice? last) =>
        first is { } one && last is { } other ? TextSlice.Cover(one, other) : null;
}
