using System.Runtime.InteropServices;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// The words that each word may be misspelled from or to, found by what is left of both when letters are left out (Garbe's symmetric delete,
/// over the first letters alone): words with a typo between them have such a rest in common.
/// </summary>
internal sealed class MisspelledWords
{
    private const int PrefixLetters = 7;

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly List<string> _words = [];
    private readonly List<int[]?> _found = [];

    /// <summary>The hash of each rest above the place of its word, in order.</summary>
    private ulong[] _rests = [];

    /// <summary>The place of a word, which is added if it is not there.</summary>
    public int Add(string word)
    {
        ref int place = ref CollectionsMarshal.GetValueRefOrAddDefault(_places, word, out bool isKnown);
        if (isKnown)
            return place;

        place = _words.Count;
        _words.Add(word);
        _found.Add(null);
        return place;
    }

    /// <summary>The places of a word and of all that it may be misspelled from or to.</summary>
    public int[] Of(int place)
    {
        if (_rests.Length == 0)
            _rests = MakeRests();
        return _found[place] ??= Find(place);
    }

    private int[] Find(int place)
    {
        string word = _words[place];
        var seen = new HashSet<int>();
        List<int> found = [];
        foreach (uint rest in RestsOf(word))
        {
            int at = Array.BinarySearch(_rests, (ulong)rest << 32);
            for (at = at < 0 ? ~at : at; at < _rests.Length && _rests[at] >> 32 == rest; at++)
            {
                int other = (int)(uint)_rests[at];
                int most = SpellingDistance.MostTypos(Math.Min(word.Length, _words[other].Length));
                if (seen.Add(other) && SpellingDistance.Of(word, _words[other], most) <= most)
                    found.Add(other);
            }
        }

        return [.. found];
    }

    private ulong[] MakeRests()
    {
        var rests = new List<ulong>();
        for (int place = 0; place < _words.Count; place++)
        {
            foreach (uint rest in RestsOf(_words[place]))
                rests.Add(((ulong)rest << 32) | (uint)place);
        }

        ulong[] sorted = [.. rests];
        Array.Sort(sorted);
        return sorted;
    }

    /// <summary>The hashes of the first letters without any one or two of them, as many as may be typed wrong.</summary>
    private static HashSet<uint> RestsOf(string word)
    {
        var letters = word.AsSpan(0, Math.Min(word.Length, PrefixLetters));
        HashSet<uint> rests = [Hash(letters, -1, -1)];
        for (int i = 0; i < letters.Length; i++)
        {
            rests.Add(Hash(letters, i, -1));
            for (int j = i + 1; j < letters.Length && SpellingDistance.MostTypos(word.Length) > 1; j++)
                rests.Add(Hash(letters, i, j));
        }

        return rests;
    }

    private static uint Hash(ReadOnlySpan<char> letters, int without, int orWithout)
    {
        uint hash = 2166136261;
        for (int i = 0; i < letters.Length; i++)
            hash = i == without || i == orWithout ? hash : (hash ^ letters[i]) * 16777619;
        return hash;
    }
}
