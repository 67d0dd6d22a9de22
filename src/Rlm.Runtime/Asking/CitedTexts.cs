using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Replies;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>
/// The numbered texts of a prompt, which its reply cites: the items of a list, the lines of a text. What comes from no text has no number.
/// </summary>
/// <param name="style">How they are numbered.</param>
/// <param name="cancellationToken">Cancels reading a text's lines.</param>
internal sealed class CitedTexts(CitationStyle style, CancellationToken cancellationToken)
{
    private readonly List<IReadOnlyList<TextSlice>> _places = [];

    /// <summary>Whether there is anything to cite.</summary>
    public bool IsEmpty => _places.Count == 0;

    /// <summary>Reads the reply.</summary>
    public CitationCheck Check => new(style, number => number >= 1 && number <= _places.Count ? _places[number - 1] : []) { Guide = GuideOf(style, 1) };

    /// <summary>What a prompt says of its numbers.</summary>
    public static string GuideOf(CitationStyle style, int first) =>
        $"Behind each statement cite the texts that it rests on by their numbers, as in {style.Write(first)} or {style.Write(first)}{style.Write(first + 1)}. There are no other numbers.";

    /// <summary>The same where replies are merged.</summary>
    public static string MergingGuideOf(CitationStyle style) =>
        $"The partial results cite texts by numbers such as {style.Write(1)}. Keep behind each statement the numbers that it rests on. There are no other numbers.";

    /// <summary>A value as the prompt shows it.</summary>
    public string Write(Value value)
    {
        if (value is ListValue list)
            return string.Join('\n', list.Items.Select(item => Write(ValueRenderer.InTemplate(item), Provenance.PlacesOf(item))));

        if (value is RecordValue row && !ValueRenderer.IsText(row) && row.Fields.Any(field => IsFromElsewhere(field, row)))
            return WriteFields(row);

        var text = value is RecordValue record ? ValueRenderer.TextOf(record) as TextValue : value as TextValue;
        if (text?.Parts.Count > 0)
            return string.Join('\n', text.Parts.Select(part => Write(part.ToString(), Provenance.PlacesOf(part))));
        if (text?.Slice is { } slice)
            return string.Join('\n', LinesOperator.Slices(slice, cancellationToken).Select(line => Write(line.Decode(), [line])));
        return Provenance.PlacesOf(value) is { Count: > 0 } places ? Write(ValueRenderer.InTemplate(value), places) : ValueRenderer.InTemplate(value);
    }

    /// <summary>What a row has of its own under one number, and each field that comes from elsewhere, or has many places, under its own.</summary>
    private string WriteFields(RecordValue row)
    {
        var own = Provenance.SliceOf(row);
        var apart = new List<int>();
        var together = new List<string>();
        for (int i = 0; i < row.Fields.Count; i++)
        {
            if (IsFromElsewhere(row.Fields[i], row))
                apart.Add(i);
            else
                together.Add($"{row.Shape.Names[i]}: {ValueRenderer.InTemplate(row.Fields[i])}");
        }

        var written = new List<string>();
        if (together.Count > 0)
            written.Add(Write(string.Join('\n', together), own is { } place ? [place] : []));
        foreach (int i in apart)
        {
            var (name, field) = (row.Shape.Names[i], row.Fields[i]);
            written.Add(field is ListValue ? $"{AskItems.WriteContext($"{name}:")}\n{Write(field)}"
                : Write($"{name}: {ValueRenderer.InTemplate(field)}", Provenance.PlacesOf(field)));
        }

        return string.Join('\n', written);
    }

    private static bool IsFromElsewhere(Value field, RecordValue row) => field is ListValue list
        ? list.Items.Any(static item => Provenance.PlacesOf(item).Count > 0)
        : Provenance.SliceOf(row) is { } own ? Provenance.PlacesOf(field).Any(place => !own.Holds(place))
        : Provenance.IsItemOf(row, field) && Provenance.PlacesOf(field).Count > 0;

    private string Write(string text, IReadOnlyList<TextSlice> places)
    {
        if (string.IsNullOrWhiteSpace(text))
            return "";
        if (places.Count == 0)
            return AskItems.WriteContext(text);

        _places.Add(places);
        return AskItems.WriteOpened(style.Write(_places.Count), text);
    }
}
