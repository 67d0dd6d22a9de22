using System.Runtime.InteropServices;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// Groups of texts that are alike: each frequent text that is like no more frequent one is the centre of a group, and any other stands in
/// the group of the centre that it is most like. So no group is a chain whose ends have nothing in common, and the groups do not depend on
/// the order of the texts.
/// </summary>
/// <remarks>
/// A text is compared with the centres alone that share one of its rarest words, misspelled or not. Words that have more letters together
/// than may be wrong cannot all be without a partner, so that so many of the rarest are enough; of long texts the same holds for the number
/// of words (Chaudhuri, Ganti and Kaushik, "A primitive operator for similarity joins in data cleaning", 2006).
/// </remarks>
internal sealed class LikeTexts
{
    private const int RarityBits = 20;

    private readonly TextLikeness _likeness;
    private readonly decimal _above;
    private readonly FoldedText[] _texts;
    private readonly MisspelledWords _words = new();

    /// <summary>How many texts have a part, by its hash: parts that share a place are taken for more frequent than they are.</summary>
    private readonly int[] _counts = new int[1 << RarityBits];

    /// <summary>The last centre with each part, and for each the one before it.</summary>
    private readonly Dictionary<ulong, int> _last = [];
    private readonly List<(int Centre, int Before)> _entries = [];
    private readonly Dictionary<string, int> _unspaced = new(StringComparer.Ordinal);
    private readonly int[] _compared;

    private LikeTexts(FoldedText[] texts, decimal above)
    {
        (_texts, _above) = (texts, above);
        _likeness = new TextLikeness(above);
        _compared = new int[texts.Length];
        Array.Fill(_compared, -1);
    }

    /// <summary>For each text the place of its group's centre.</summary>
    /// <param name="texts">The texts, each once.</param>
    /// <param name="counts">How often each occurs.</param>
    /// <param name="above">How alike two texts of a group are at least, and a bit more.</param>
    /// <param name="poll">Called for each text.</param>
    public static int[] FindCentres(FoldedText[] texts, int[] counts, decimal above, Action poll) => new LikeTexts(texts, above).Find(counts, poll);

    private int[] Find(int[] counts, Action poll)
    {
        foreach (var text in _texts)
        {
            poll();
            foreach (ulong part in ListParts(text))
                _counts[part >> (64 - RarityBits)]++;
        }

        int[] order = [.. Enumerable.Range(0, _texts.Length)];
        Array.Sort(order, (left, right) => counts[left] != counts[right]
            ? counts[right].CompareTo(counts[left]) : string.CompareOrdinal(_texts[left].Key, _texts[right].Key));
        int[] centres = new int[_texts.Length];
        foreach (int place in order)
        {
            poll();
            if ((centres[place] = FindNearest(place) ?? place) == place)
                AddCentre(place);
        }

        return centres;
    }

    private void AddCentre(int place)
    {
        foreach (ulong part in ListParts(_texts[place]))
        {
            ref int last = ref CollectionsMarshal.GetValueRefOrAddDefault(_last, part, out bool isKnown);
            _entries.Add((place, isKnown ? last : -1));
            last = _entries.Count - 1;
        }

        _unspaced.Add(_texts[place].Unspaced, place);
    }

    /// <summary>The centre that a text is most like, the more frequent of equal ones; null for none.</summary>
    private int? FindNearest(int place)
    {
        var text = _texts[place];
        if (_unspaced.TryGetValue(text.Unspaced, out int same))
            return same;

        (int Entry, int Centre, double Likeness)? nearest = null;
        foreach (ulong part in ListRareParts(text))
        {
            for (int entry = _last.GetValueOrDefault(part, -1); entry >= 0; entry = _entries[entry].Before)
            {
                int centre = _entries[entry].Centre;
                if (_compared[centre] == place)
                    continue;

                _compared[centre] = place;
                if (_likeness.FindOfOthers(text, _texts[centre]) is { } likeness && (nearest is not { } best
                    || likeness > best.Likeness || (likeness == best.Likeness && entry < best.Entry)))
                    nearest = (entry, centre, likeness);
            }
        }

        return nearest?.Centre;
    }

    /// <summary>What a text is found by: its words, with all that must be the same.</summary>
    private IEnumerable<ulong> ListParts(FoldedText text)
    {
        var words = text.MisspeltWords.Select(word => PartOf(text, _words.Add(word)));
        return MayBeLong(text) ? words.Concat(ListWords(text)) : words;
    }

    /// <summary>What finds all that a text may be like: the parts that are in few texts.</summary>
    private IEnumerable<ulong> ListRareParts(FoldedText text)
    {
        var rare = new List<ulong>();
        long letters = 0, most = _likeness.MostWrongOfLonger(text.Letters);
        foreach (var (word, parts) in text.MisspeltWords.Select(word => (word, Parts: Array.ConvertAll(_words.Of(_words.Add(word)), other => PartOf(text, other))))
            .OrderBy(found => found.Parts.Sum(part => (long)CountOf(part))))
        {
            rare.AddRange(parts);
            if ((letters += word.Length) > most)
                break;
        }

        return MayBeLong(text) ? rare.Concat(ListWords(text).OrderBy(CountOf).Take((int)_likeness.MostWrongOfLonger(text.Words) + 1)) : rare;
    }

    /// <summary>Whether the text is long, or short of it by so little that it may be like a long one.</summary>
    private bool MayBeLong(FoldedText text) => text.Words > FoldedText.MostWords * _above;

    /// <summary>The words of a text that may be long, equal ones told apart.</summary>
    private static IEnumerable<ulong> ListWords(FoldedText text)
    {
        ulong[] words = text.Hashes;
        for (int i = 0, same = 0; i < words.Length; i++)
        {
            same = i > 0 && words[i] == words[i - 1] ? same + 1 : 0;
            yield return Mix(text.Numbers + (ulong)same, words[i]);
        }
    }

    private int CountOf(ulong part) => _counts[part >> (64 - RarityBits)];

    private static ulong PartOf(FoldedText text, int word) => Mix(text.Fixed, (ulong)word);

    private static ulong Mix(ulong one, ulong other)
    {
        ulong mixed = (one ^ ulong.RotateLeft((other + 1) * 0x9E3779B97F4A7C15, 31)) * 0xBF58476D1CE4E5B9;
        return (mixed ^ (mixed >> 29)) * 0x94D049BB133111EB;
    }
}
