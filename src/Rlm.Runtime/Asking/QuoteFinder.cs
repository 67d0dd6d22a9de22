using System.Text;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>Finds a quote in its item, blanks folded, and gives the slice of the source. The n-th equal quote is the n-th occurrence.</summary>
internal sealed class QuoteFinder(TextValue? source)
{
    private readonly Dictionary<string, int> _searchFrom = new(StringComparer.Ordinal);
    private string? _text;
    private string? _folded;
    private int[] _offsets = [];

    public ReplyReading Find(string quote)
    {
        if (source is null)
            return ReplyReading.Wrong("there is no text to quote from");

        _text ??= source.ToString();
        _folded ??= Fold(_text, out _offsets);
        string wanted = Fold(quote, out _);
        if (wanted.Length == 0)
            return ReplyReading.Wrong("the quote is empty");

        int start = _folded.IndexOf(wanted, _searchFrom.GetValueOrDefault(wanted), StringComparison.Ordinal);
        if (start < 0)
            start = _folded.IndexOf(wanted, StringComparison.Ordinal);
        if (start < 0)
            return ReplyReading.Wrong("the quote does not occur in the data");

        _searchFrom[wanted] = start + 1;
        int from = _offsets[start], to = _offsets[start + wanted.Length - 1] + 1;
        return ReplyReading.Of(Locate(source, _text, from, to));
    }

    /// <summary>The stretch of the source between two characters of its text.</summary>
    private static TextValue Locate(TextValue source, string text, int from, int to)
    {
        if (source.Slice is { } slice)
        {
            var map = new CharacterMap(slice.Source.GetSpan(slice.Start, (int)slice.Length), text.Length);
            int start = map.OffsetOf(from);
            return new TextValue(slice with { Start = slice.Start + start, Length = map.OffsetOf(to) - start });
        }

        int partStart = 0;
        foreach (var part in source.Parts)
        {
            string partText = part.ToString();
            if (from >= partStart && to <= partStart + partText.Length)
                return Locate(part, partText, from - partStart, to - partStart);
            // Parts are put together with a newline between.
            partStart += partText.Length + 1;
        }

        return new TextValue(text[from..to], source.Provenance);
    }

    /// <summary>The text with every run of blanks as one, and the place of each of its characters.</summary>
    private static string Fold(string text, out int[] offsets)
    {
        var folded = new StringBuilder(text.Length);
        var places = new List<int>(text.Length);
        for (int i = 0; i < text.Length; i++)
        {
            bool isBlank = char.IsWhiteSpace(text[i]);
            if (isBlank && (folded.Length == 0 || folded[^1] == ' '))
                continue;

            folded.Append(isBlank ? ' ' : text[i]);
            places.Add(i);
        }

        offsets = [.. places];
        return folded.ToString().TrimEnd(' ');
    }
}
