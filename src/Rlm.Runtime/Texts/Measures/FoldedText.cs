using System.Buffers;
using System.Globalization;
using System.IO.Hashing;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// A text as its spellings are compared: words without case, accents and punctuation, in no order; numbers in theirs. Texts whose numbers,
/// signs such as <c>+</c>, or words too short for a typo differ are different things, as <c>Model 3</c> and <c>Model 4</c> are.
/// </summary>
internal sealed class FoldedText
{
    /// <summary>Most words of a text that is compared letter by letter; a longer one is compared word by word.</summary>
    public const int MostWords = 24;

    /// <summary>The longest word that may hold a typo: nobody types longer ones.</summary>
    public const int LongestWord = 64;

    private const int ShortestWord = 3;
    private const char Mark = '\u0001';

    private static readonly SearchValues<char> Joiners = SearchValues.Create("'’‘ʼ`´.");
    private static readonly SearchValues<char> NumberJoiners = SearchValues.Create(".,:/-'’_");
    private static readonly SearchValues<char> Dropped = SearchValues.Create("®©™℠|");

    /// <summary>How many letters there are of each of some kinds, by which texts are told apart that have no more than that in common.</summary>
    private readonly Vector128<byte> _counts;

    private FoldedText(string text, List<Token> tokens)
    {
        string[] numbers = [.. tokens.Where(static token => token.Kind == TokenKind.Number).Select(static token => token.Text)];
        string[] words = [.. tokens.Where(static token => token.Kind != TokenKind.Number).Select(static token => token.Text)];
        Array.Sort(words, string.CompareOrdinal);
        string ofNumbers = string.Join(' ', numbers);
        IsLong = words.Length > MostWords;
        IsBlank = tokens.Count == 0;
        Words = words.Length;
        MisspeltWords = IsLong ? [] : [.. words.Where(MayHoldTypo).Distinct()];
        Span<byte> counts = stackalloc byte[Vector128<byte>.Count];
        foreach (string word in words.Where(MayHoldTypo))
        {
            Letters += word.Length;
            foreach (char letter in word)
                counts[letter % counts.Length] += counts[letter % counts.Length] < byte.MaxValue ? (byte)1 : (byte)0;
        }

        _counts = Vector128.Create<byte>(counts);
        if (IsLong)
        {
            Hashes = HashesOf(words);
            Parts = [];
            Numbers = Hash(ofNumbers);
            Key = Invariant($"{XxHash128.HashToUInt128(MemoryMarshal.AsBytes(Hashes.AsSpan())):x32} {ofNumbers}");
            Unspaced = Key;
            return;
        }

        Parts = numbers.Distinct().Count() > 1 ? CutAtNumbers(tokens) : [words];
        Numbers = Hash(ofNumbers);
        Fixed = Hash($"{ofNumbers}{Mark}{string.Join(' ', words.Where(static word => !MayHoldTypo(word)))}");
        Key = IsBlank ? $"{Mark}{text}" : $"{string.Join(Mark, Parts.Select(static part => string.Join(' ', part)))}{Mark}{Mark}{ofNumbers}";
        Unspaced = IsBlank ? Key
            : string.Concat(tokens.Select(static token => token.Kind == TokenKind.Number ? $"{Mark}{token.Text}{Mark}" : token.Text));
    }

    private enum TokenKind
    {
        None,
        Word,
        Number,
        Sign,
    }

    /// <summary>Whether it has neither a word nor a number, so that it is like itself alone.</summary>
    public bool IsBlank { get; }

    /// <summary>Whether it is compared word by word.</summary>
    public bool IsLong { get; }

    /// <summary>The same for texts that differ in case, accents, punctuation, blanks and the order of words alone.</summary>
    public string Key { get; }

    /// <summary>The same for texts that differ in case, accents, punctuation, and where they have blanks.</summary>
    public string Unspaced { get; }

    /// <summary>A hash of the numbers, in order.</summary>
    public ulong Numbers { get; }

    /// <summary>A hash of what must be the same in texts that are alike; of a long text nothing.</summary>
    public ulong Fixed { get; }

    /// <summary>
    /// The words in ordinal order: of a text with several numbers those of each stretch between them, since a word that changes places
    /// with a number says another thing. None of a long text.
    /// </summary>
    public IReadOnlyList<string[]> Parts { get; }

    /// <summary>The hashes of all words in order.</summary>
    public ulong[] Hashes => field ??= HashesOf([.. Parts.SelectMany(static part => part)]);

    /// <summary>How many words it has.</summary>
    public int Words { get; }

    /// <summary>Those words, each once, that may be misspelled; none of a long text.</summary>
    public string[] MisspeltWords { get; }

    /// <summary>How many letters these have, of which some may be wrong.</summary>
    public int Letters { get; }

    /// <summary>The fewest letters that may be wrong between two texts: one that is replaced changes two counts.</summary>
    public int CountWrongAtLeast(FoldedText other)
    {
        var apart = Vector128.Max(_counts, other._counts) - Vector128.Min(_counts, other._counts);
        var (low, high) = Vector128.Widen(apart);
        return (Vector128.Sum(low + high) + 1) / 2;
    }

    public static FoldedText Of(string text) => new(text, ReadTokens(text));

    /// <summary>Whether a word may be misspelled: one of a letter or two, a sign and a Roman number say another thing then.</summary>
    public static bool MayHoldTypo(string word) => word.Length is >= ShortestWord and <= LongestWord && word.AsSpan().ContainsAnyExcept("ivx");

    private static ulong Hash(string text) => XxHash3.HashToUInt64(MemoryMarshal.AsBytes(text.AsSpan()));

    private static ulong[] HashesOf(string[] words)
    {
        ulong[] hashes = Array.ConvertAll(words, Hash);
        Array.Sort(hashes);
        return hashes;
    }

    private static List<string[]> CutAtNumbers(List<Token> tokens)
    {
        var parts = new List<string[]>();
        var part = new List<string>();
        foreach (var token in tokens)
        {
            if (token.Kind != TokenKind.Number)
            {
                part.Add(token.Text);
                continue;
            }

            Close();
        }

        Close();
        return parts;

        void Close()
        {
            string[] words = [.. part];
            Array.Sort(words, string.CompareOrdinal);
            parts.Add(words);
            part.Clear();
        }
    }

    private static List<Token> ReadTokens(string text)
    {
        var tokens = new List<Token>();
        var read = new StringBuilder();
        var open = TokenKind.None;
        Rune[] runes = [.. text.EnumerateRunes().Select(Narrow).Where(static rune => !IsSkipped(rune))];
        for (int i = 0; i < runes.Length; i++)
        {
            var rune = runes[i];
            var (before, after) = (i == 0 ? TokenKind.None : KindOf(runes[i - 1]), i + 1 == runes.Length ? TokenKind.None : KindOf(runes[i + 1]));
            var kind = KindOf(rune);
            if (kind == TokenKind.None && rune.IsBmp)
            {
                char sign = (char)rune.Value;
                if (before == TokenKind.Word && after == TokenKind.Word && Joiners.Contains(sign))
                    continue;
                if (before == TokenKind.Number && after == TokenKind.Number && NumberJoiners.Contains(sign))
                    kind = TokenKind.Number;
                else if (sign == '-' && IsSpoken(before) != IsSpoken(after))
                    kind = TokenKind.Sign;
                else if (sign == '&')
                    Append(TokenKind.Sign, "and");
            }

            if (kind is TokenKind.None)
                Close();
            else
                Append(kind, kind == TokenKind.Word ? Fold(rune) : rune.ToString());
        }

        Close();
        return tokens;

        void Append(TokenKind kind, string part)
        {
            if (kind != open || kind == TokenKind.Sign)
                Close();
            open = kind;
            read.Append(part);
        }

        void Close()
        {
            if (read.Length > 0)
                tokens.Add(new Token(open, read.ToString()));
            read.Clear();
            open = TokenKind.None;
        }
    }

    private static bool IsSpoken(TokenKind kind) => kind is TokenKind.Word or TokenKind.Number;

    private static string Fold(Rune rune)
    {
        var lower = Rune.ToLowerInvariant(rune);
        return (lower.IsBmp ? PlainLetters.Find((char)lower.Value) : null) ?? lower.ToString();
    }

    /// <summary>Signs of full width, digits of any script and the sign of minus as ASCII has them.</summary>
    private static Rune Narrow(Rune rune) => rune.Value switch
    {
        >= 0xFF01 and <= 0xFF5E => new Rune(rune.Value - 0xFEE0),
        0x2212 or 0x2010 or 0x2011 => new Rune('-'),
        > 0x7F when Rune.GetUnicodeCategory(rune) == UnicodeCategory.DecimalDigitNumber => new Rune('0' + (int)Rune.GetNumericValue(rune)),
        _ => rune,
    };

    /// <summary>Accents that stand behind their letter, points of Hebrew and Arabic, and what is not seen.</summary>
    private static bool IsSkipped(Rune rune) => rune.Value is >= 0x300 and <= 0x36F or >= 0x591 and <= 0x5C7 or >= 0x64B and <= 0x65F or 0x670
        or >= 0xFE00 and <= 0xFE0F || Rune.GetUnicodeCategory(rune) == UnicodeCategory.Format;

    private static TokenKind KindOf(Rune rune) => Rune.GetUnicodeCategory(rune) switch
    {
        UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter or UnicodeCategory.TitlecaseLetter or UnicodeCategory.OtherLetter
            or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.EnclosingMark => TokenKind.Word,
        UnicodeCategory.ModifierLetter => rune.Value == 'ʼ' ? TokenKind.None : TokenKind.Word,
        UnicodeCategory.DecimalDigitNumber or UnicodeCategory.OtherNumber or UnicodeCategory.LetterNumber => TokenKind.Number,
        UnicodeCategory.MathSymbol or UnicodeCategory.CurrencySymbol or UnicodeCategory.OtherSymbol =>
            rune.IsBmp && Dropped.Contains((char)rune.Value) ? TokenKind.None : TokenKind.Sign,
        _ => rune.Value is '#' or '%' or '‰' ? TokenKind.Sign : TokenKind.None,
    };

    private readonly record struct Token(TokenKind Kind, string Text);
}
