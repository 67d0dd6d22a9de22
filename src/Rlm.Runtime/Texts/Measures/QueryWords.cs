using System.Buffers;
using System.Numerics;
using System.Runtime.Intrinsics;
using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// Counts the words of texts, and among them those of a query, over bytes. Words are <see cref="WordScanner"/>'s,
/// lower-cased, with English plurals folded.
/// </summary>
internal sealed class QueryWords
{
    private const int MaxWordChars = 256;

    private static readonly SearchValues<byte> WordBytes = SearchValues.Create(
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz"u8);

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly bool[] _mayStart = new bool[256];
    private readonly int _longestChars;

    public QueryWords(string query)
    {
        _lookup = _places.GetAlternateLookup<ReadOnlySpan<char>>();
        var words = new WordScanner(new MemoryTextSource(Encoding.UTF8.GetBytes(query), "query").Whole);
        while (words.MoveNext())
        {
            char[] word = LowerCase(words.Text());
            _places.TryAdd(new string(word.AsSpan(0, Stem(word))), _places.Count);
        }

        foreach (string word in _places.Keys)
        {
            _longestChars = Math.Max(_longestChars, word.Length);
            if (word[0] < 0x80)
                _mayStart[word[0]] = _mayStart[char.ToUpperInvariant(word[0])] = true;
        }

        // A word outside ASCII may be a query's in another letter case, as the Kelvin sign is a k.
        _mayStart.AsSpan(0x80).Fill(true);
    }

    /// <summary>How many different words the query has.</summary>
    public int Count => _places.Count;

    /// <summary>How many words a text has; adds to each place how often the query's word of that place is among them.</summary>
    public int CountIn(ReadOnlySpan<byte> text, Span<int> found)
    {
        int words = 0;
        for (int at = 0; at < text.Length;)
        {
            int stretch = AsciiLength(text[at..]);
            words += stretch > 0 ? CountAscii(text.Slice(at, stretch), found) : 0;
            at += stretch;
            words += CountOther(text, ref at, found);
        }

        return words;
    }

    /// <summary>How much of the start is ASCII and ends between two words.</summary>
    private static int AsciiLength(ReadOnlySpan<byte> text)
    {
        int other = text.IndexOfAnyExceptInRange((byte)0, (byte)0x7F);
        if (other < 0)
            return text.Length;
        // A joiner before the sign may belong to a word that goes on after it.
        int end = other;
        while (end > 0 && (WordBytes.Contains(text[end - 1]) || text[end - 1] is (byte)'\'' or (byte)'-'))
            end--;
        return end;
    }

    private int CountAscii(ReadOnlySpan<byte> text, Span<int> found)
    {
        int words = 0;
        ulong wordsBefore = 0, joinersBefore = 0;
        Span<byte> rest = stackalloc byte[64];
        for (int at = 0; at < text.Length; at += 64)
        {
            scoped var block = text[at..];
            if (block.Length < 64)
            {
                rest.Clear();
                block.CopyTo(rest);
                block = rest;
            }

            var (signs, joiners) = Classify(block);
            ulong afterSign = (signs << 1) | (wordsBefore >> 63);
            ulong joined = ((joiners << 1) | (joinersBefore >> 63)) & ((signs << 2) | (wordsBefore >> 62));
            ulong starts = signs & ~afterSign & ~joined;
            words += BitOperations.PopCount(starts);
            for (; starts != 0; starts &= starts - 1)
            {
                int start = at + BitOperations.TrailingZeroCount(starts);
                if (_mayStart[text[start]])
                    AddAscii(text[start..], found);
            }

            (wordsBefore, joinersBefore) = (signs, joiners);
        }

        return words;
    }

    private static (ulong Signs, ulong Joiners) Classify(ReadOnlySpan<byte> block)
    {
        ulong signs = 0, joiners = 0;
        for (int i = 0; i < 64; i += Vector256<byte>.Count)
        {
            var bytes = Vector256.Create(block[i..]);
            var lower = bytes | Vector256.Create((byte)0x20);
            var isSign = Vector256.LessThan(lower - Vector256.Create((byte)'a'), Vector256.Create((byte)26))
                | Vector256.LessThan(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)10))
                | Vector256.Equals(bytes, Vector256.Create((byte)'_'));
            var isJoiner = Vector256.Equals(bytes, Vector256.Create((byte)'\'')) | Vector256.Equals(bytes, Vector256.Create((byte)'-'));
            signs |= (ulong)isSign.ExtractMostSignificantBits() << i;
            joiners |= (ulong)isJoiner.ExtractMostSignificantBits() << i;
        }

        return (signs, joiners);
    }

    private void AddAscii(ReadOnlySpan<byte> text, Span<int> found)
    {
        int end = 1;
        while (end < text.Length)
        {
            if (WordBytes.Contains(text[end]))
                end++;
            else if (text[end] is (byte)'\'' or (byte)'-' && end + 1 < text.Length && WordBytes.Contains(text[end + 1]))
                end += 2;
            else
                break;
            if (end > _longestChars + 2)
                return;
        }

        Add(text[..end], found);
    }

    /// <summary>The words up to the next that is ASCII and has only ASCII after it on its way to the next blank.</summary>
    private int CountOther(ReadOnlySpan<byte> text, ref int at, Span<int> found)
    {
        int words = 0;
        bool hasOther = false;
        while (at < text.Length && !(hasOther && text[at] < 0x80))
        {
            int length = SignLength(text, at, out bool isSign);
            hasOther |= text[at] >= 0x80;
            if (!isSign)
            {
                at += length;
                continue;
            }

            int start = at;
            while (at < text.Length)
            {
                length = SignLength(text, at, out isSign);
                int joiner = isSign ? 0 : JoinerLength(text[at..]);
                if (joiner > 0 && at + joiner < text.Length)
                    length = joiner + SignLength(text, at + joiner, out isSign);
                if (!isSign)
                    break;
                at += length;
            }

            hasOther |= text[start..at].ContainsAnyExceptInRange((byte)0, (byte)0x7F);
            words++;
            Add(text[start..at], found);
        }

        return words;
    }

    private void Add(ReadOnlySpan<byte> word, Span<int> found)
    {
        if (word.Length > 3 * Math.Min(_longestChars + 2, MaxWordChars))
        {
            if (_longestChars + 2 <= MaxWordChars)
                return;
            AddDecoded(Encoding.UTF8.GetString(word), found);
            return;
        }

        Span<char> characters = stackalloc char[3 * (MaxWordChars + 2)];
        AddDecoded(characters[..Encoding.UTF8.GetChars(word, characters)], found);
    }

    private void AddDecoded(ReadOnlySpan<char> word, Span<int> found)
    {
        char[] lower = ArrayPool<char>.Shared.Rent(word.Length);
        int length = word.ToLowerInvariant(lower);
        if (_lookup.TryGetValue(lower.AsSpan(0, Stem(lower.AsSpan(0, length))), out int place))
            found[place]++;
        ArrayPool<char>.Shared.Return(lower);
    }

    private static char[] LowerCase(string word)
    {
        char[] lower = new char[word.Length];
        word.AsSpan().ToLowerInvariant(lower);
        return lower;
    }

    /// <summary>Harman's S stemmer, in place: plurals only, so that no two words of different meaning meet.</summary>
    /// <returns>The stem's length.</returns>
    private static int Stem(Span<char> word)
    {
        if (word.Length < 4 || word[^1] != 's')
            return word.Length;
        if (word[^2] is '\'' or '’')
            return word.Length - 2;
        if (word[^3] == 'i' && word[^2] == 'e' && word[^4] is not ('e' or 'a'))
        {
            word[^3] = 'y';
            return word.Length - 2;
        }

        return word[^2] is 'u' or 's' ? word.Length : word.Length - 1;
    }

    private static int SignLength(ReadOnlySpan<byte> text, int at, out bool isSign)
    {
        if (text[at] < 0x80)
        {
            isSign = WordBytes.Contains(text[at]);
            return 1;
        }

        Rune.DecodeFromUtf8(text[at..], out var rune, out int length);
        isSign = WordScanner.IsWordSign(rune);
        return length;
    }

    private static int JoinerLength(ReadOnlySpan<byte> text) => text[0] is (byte)'\'' or (byte)'-' ? 1 : text.StartsWith("’"u8) ? 3 : 0;
}
