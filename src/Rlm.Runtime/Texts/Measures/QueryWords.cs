using System.Buffers;
using System.Numerics;
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

    /// <summary>Takes a line with a word of the query: where it lies, how many words it has, and how often each of the query's.</summary>
    public delegate void OnLine(int start, int end, int words, ReadOnlySpan<int> found);

    private readonly Dictionary<string, int> _places = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int>.AlternateLookup<ReadOnlySpan<char>> _lookup;
    private readonly WordForms _forms;
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
            _longestChars = Math.Max(_longestChars, word.Length);
        _forms = new WordForms([.. _places.SelectMany(word => FormsOf(word.Key).Select(form => (Encoding.ASCII.GetBytes(form), word.Value)))]);
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

    /// <summary>
    /// Hands on each line of an ASCII text that has a word of the query, in order, with its words, and how often it has the query's.
    /// </summary>
    /// <param name="lines">Whole lines; the last needs no line end.</param>
    /// <param name="found">As many zeros as the query has words, and so again afterwards.</param>
    /// <param name="onLine">Takes such a line, without its line end.</param>
    /// <returns>How many words all lines have.</returns>
    public int CountInLines(ReadOnlySpan<byte> lines, Span<int> found, OnLine onLine)
    {
        var blocks = new WordBlocks(lines, stackalloc byte[WordBlocks.RestBytes]);
        int words = 0, wordsBefore = 0, start = 0;
        bool hasFound = false;
        while (blocks.MoveNext())
        {
            ulong starts = blocks.Starts, newlines = blocks.Newlines;
            ulong beginnings = starts & _forms.FindBeginnings(blocks.Bytes);
            for (; newlines != 0; newlines &= newlines - 1)
            {
                int newline = BitOperations.TrailingZeroCount(newlines);
                ulong line = (1UL << newline) - 1;
                int wordsAfter = words + BitOperations.PopCount(starts & line);
                if (((beginnings & line) != 0 && Find(beginnings & line, blocks, lines, found)) | hasFound)
                {
                    onLine(start, blocks.At + newline, wordsAfter - wordsBefore, found);
                    found.Clear();
                    hasFound = false;
                }

                beginnings &= ~line;
                start = blocks.At + newline + 1;
                wordsBefore = wordsAfter;
            }

            hasFound |= beginnings != 0 && Find(beginnings, blocks, lines, found);
            words += BitOperations.PopCount(starts);
        }

        if (hasFound)
        {
            onLine(start, lines.Length, words - wordsBefore, found);
            found.Clear();
        }

        return words;
    }

    private int CountAscii(ReadOnlySpan<byte> text, Span<int> found)
    {
        var blocks = new WordBlocks(text, stackalloc byte[WordBlocks.RestBytes]);
        int words = 0;
        while (blocks.MoveNext())
        {
            words += BitOperations.PopCount(blocks.Starts);
            Find(blocks.Starts & _forms.FindBeginnings(blocks.Bytes), blocks, text, found);
        }

        return words;
    }

    /// <summary>Counts the query's words among those that start at some places of a block, and says whether there are any.</summary>
    private bool Find(ulong starts, in WordBlocks block, ReadOnlySpan<byte> text, Span<int> found)
    {
        bool hasFound = false;
        for (; starts != 0; starts &= starts - 1)
        {
            int start = BitOperations.TrailingZeroCount(starts);
            if (_forms.Find(block.Bytes[start..], text, block.At + start) is >= 0 and var place)
            {
                found[place]++;
                hasFound = true;
            }
        }

        return hasFound;
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

    /// <summary>The words in ASCII that have a stem.</summary>
    private static IEnumerable<string> FormsOf(string stem) =>
        new[] { stem, $"{stem}s", $"{stem}'s", $"{stem[..^1]}ies" }.Where(form => Ascii.IsValid(form) && IsWord(form) && HasStem(form, stem));

    private static bool IsWord(string text)
    {
        var words = new WordScanner(new MemoryTextSource(Encoding.UTF8.GetBytes(text), "query").Whole);
        return words.MoveNext() && words.Start == 0 && words.End == text.Length;
    }

    private static bool HasStem(string word, string stem)
    {
        char[] characters = word.ToCharArray();
        return characters.AsSpan(0, Stem(characters)).SequenceEqual(stem);
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
