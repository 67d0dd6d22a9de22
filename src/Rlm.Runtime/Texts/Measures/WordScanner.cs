using System.Globalization;
using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// The words of a slice: runs of letters, digits and <c>_</c>, with <c>'</c>, <c>’</c> and <c>-</c> between two of those.
/// </summary>
internal sealed class WordScanner(TextSlice slice, CancellationToken cancellationToken = default)
{
    private readonly ByteCursor _bytes = new(slice, cancellationToken);
    private long _next = slice.Start;

    public long Start { get; private set; }

    public long End { get; private set; }

    /// <summary>The current word.</summary>
    public string Text() => slice.Source.Decode(Start, End - Start);

    public bool MoveNext()
    {
        long at = _next;
        int length = 0;
        while (at < slice.End && !IsWordSign(at, out length))
            at += length;
        if (at >= slice.End)
        {
            _next = slice.End;
            return false;
        }

        Start = at;
        while (at < slice.End)
        {
            if (IsWordSign(at, out length))
                at += length;
            else if (JoinerLength(at) is var joiner and > 0 && at + joiner < slice.End && IsWordSign(at + joiner, out length))
                at += joiner + length;
            else
                break;
        }

        End = _next = at;
        return true;
    }

    /// <summary>How many words the slice has.</summary>
    public static long Count(TextSlice slice)
    {
        var words = new WordScanner(slice);
        long count = 0;
        while (words.MoveNext())
            count++;
        return count;
    }

    private bool IsWordSign(long at, out int length)
    {
        int value = _bytes[at];
        if (value < 0x80)
        {
            length = 1;
            return char.IsAsciiLetterOrDigit((char)value) || value == '_';
        }

        return IsWordSign(_bytes.RuneAt(at, out length));
    }

    /// <summary>Whether a code point outside ASCII belongs to words.</summary>
    public static bool IsWordSign(Rune rune) =>
        Rune.GetUnicodeCategory(rune) is UnicodeCategory.UppercaseLetter or UnicodeCategory.LowercaseLetter
            or UnicodeCategory.TitlecaseLetter
            or UnicodeCategory.ModifierLetter or UnicodeCategory.OtherLetter or UnicodeCategory.DecimalDigitNumber
            or UnicodeCategory.LetterNumber
            or UnicodeCategory.OtherNumber or UnicodeCategory.NonSpacingMark or UnicodeCategory.SpacingCombiningMark;

    private int JoinerLength(long at) => (char)_bytes[at] switch
    {
        '\'' or '-' => 1,
        '\u00E2' when at + 2 < slice.End && _bytes[at + 1] == 0x80 && _bytes[at + 2] == 0x99 => 3,
        _ => 0,
    };
}
