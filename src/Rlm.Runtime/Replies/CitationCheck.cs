using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Replies;

/// <summary>Checks what a reply cites, and says where that stands.</summary>
/// <param name="style">How the prompt numbers its texts.</param>
/// <param name="placesOf">Where the text of a number stands, or what it cites itself; empty for a number that the prompt does not show.</param>
internal sealed class CitationCheck(CitationStyle style, Func<int, IReadOnlyList<TextSlice>> placesOf) : IReplyCheck
{
    private const int LongestRange = 1_000;

    /// <summary>Whether the reply is merged with others, so that its numbers stay.</summary>
    public bool IsPart { get; init; }

    /// <inheritdoc/>
    public required string Guide { get; init; }

    /// <summary>The value whose texts have <c>file:line</c> for each number, or what is wrong with one.</summary>
    public ReplyReading Read(ReplyReading reading)
    {
        string? problem = null;
        return reading.Value is { } value && Read(value, ref problem) is var read ? problem is null ? ReplyReading.Of(read) : ReplyReading.MakeWrong(problem) : reading;
    }

    private Value Read(Value value, ref string? problem)
    {
        switch (value)
        {
            case TextValue { Domain: null, Provenance: null } text:
                return ReadText(text.ToString(), ref problem);
            case ListValue list:
                var items = new List<Value>();
                foreach (var item in list.ReadAll())
                    items.Add(Read(item, ref problem));
                return ListValue.Of([.. items]);
            case RecordValue record:
                var fields = new Value[record.Fields.Count];
                for (int i = 0; i < fields.Length; i++)
                    fields[i] = Read(record.Fields[i], ref problem);
                return new RecordValue(record.Shape, fields, record.Origin);
            default:
                return value;
        }
    }

    private TextValue ReadText(string text, ref string? problem)
    {
        var cited = new List<TextSlice>();
        string? wrong = null;
        string read = style.Replace(text, ranges =>
        {
            var places = new List<TextSlice>();
            foreach (var (first, last) in ranges)
            {
                if (last < first || last - first > LongestRange)
                    wrong ??= $"`{style.Write(first)[..^1]}-{last}]` is not a range of numbers";
                for (int number = first; wrong is null && number <= last; number++)
                {
                    var found = placesOf(number);
                    places.AddRange(found);
                    if (found.Count == 0)
                        wrong = $"`{style.Write(number)}` is not the number of a text in the data";
                }
            }

            cited.AddRange(places);
            return IsPart ? string.Concat(ranges.SelectMany(range => Enumerable.Range(range.First, wrong is null ? range.Last + 1 - range.First : 0)).Select(style.Write))
                : $"[{string.Join(", ", Join(places).Select(place => place.Cite.ReplaceLineEndings(" ")).Distinct())}]";
        }, brackets => wrong ??= $"`{brackets}` is not the number of a text in the data");
        problem ??= wrong;
        return new TextValue(read) { Cited = [.. cited.Distinct()] };
    }

    /// <summary>Places of which each begins in the line behind the one before, or in its last line, are one.</summary>
    private static List<TextSlice> Join(List<TextSlice> places)
    {
        var joined = new List<TextSlice>();
        foreach (var place in places)
        {
            if (joined.Count > 0 && joined[^1] is var last && last.Source == place.Source && place.FirstLine - last.LastLine is 0 or 1)
                joined[^1] = TextSlice.Cover(last, place)!.Value;
            else
                joined.Add(place);
        }

        return joined;
    }
}
