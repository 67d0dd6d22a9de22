using System.Text;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Replies;

/// <summary>
/// Finds a quote in its item, blanks folded, and gives the slice of the source. The n-th equal quote is the n-th occurrence.
/// </summary>
internal sealed class QuoteFinder(TextValue? source)
{
    private readonly Dictionary<string, int> _searchFrom = new(StringComparer.Ordinal);
    private string? _text;
    private string? _folded;
    private int[] _offsets = [];

    public ReplyReading Find(string quote)
    {
        if (source is null)
            return ReplyReading.MakeWrong("there is no text to quote from");

        _text ??= source.ToString();
        _folded ??= Fold(_text, out _offsets);
        string wanted = Fold(quote, out _);
        if (wanted.Length == 0)
            return ReplyReading.MakeWrong("the quote is empty");

        int start = IndexOfWords(_folded, wanted, _searchFrom.GetValueOrDefault(wanted));
        if (start < 0)
            start = IndexOfWords(_folded, wanted, 0);
        if (start < 0)
            return ReplyReading.MakeWrong("the quote does not occur in the data");

        _searchFrom[wanted] = start + 1;
        int from = _offsets[start], to = _offsets[start + wanted.Length - 1] + 1;
        return ReplyReading.Of(Locate(source, _text, from, to));
    }

    /// <summary>
    /// Where the words stand from a place on; within a word or a number nothing was copied, as "No" from "November". -1 where they do not.
    /// </summary>
    private static int IndexOfWords(string text, string wanted, int from)
    {
        int start = text.IndexOf(wanted, from, StringComparison.Ordinal);
        while (start >= 0 && (IsWithinWord(text, start) || IsWithinWord(text, start + wanted.Length)))
            start = text.IndexOf(wanted, start + 1, StringComparison.Ordinal);
        return start;
    }

    /// <summary>Whether both sides of a place belong to one word. Scripts without cases write their words together.</summary>
    private static bool IsWithinWord(string text, int at) => at > 0 && at < text.Length && IsOfWord(text[at - 1]) && IsOfWord(text[at]);

    private static bool IsOfWord(char c) => char.IsDigit(c) || char.IsLower(c) || char.IsUpper(c);

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
            // What a prompt puts into marks that data hold, and a model may copy.
            if (text[i] == PromptMarkers.Breaker)
                continue;

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
