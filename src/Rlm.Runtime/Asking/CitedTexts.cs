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

        var text = value is RecordValue record && ValueRenderer.IsText(record) ? ValueRenderer.TextOf(record) as TextValue : value as TextValue;
        if (text?.Parts.Count > 0)
            return string.Join('\n', text.Parts.Select(part => Write(part.ToString(), Provenance.PlacesOf(part))));
        if (text?.Slice is { } slice)
            return string.Join('\n', LinesOperator.Slices(slice, cancellationToken).Select(line => Write(line.Decode(), [line])));
        return Provenance.PlacesOf(value) is { Count: > 0 } places ? Write(ValueRenderer.InTemplate(value), places) : ValueRenderer.InTemplate(value);
    }

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
