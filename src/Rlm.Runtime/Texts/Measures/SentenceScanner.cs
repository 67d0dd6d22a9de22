using System.Text;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// The sentences of a paragraph. A sentence ends after <c>. ! ? …</c> and closing quotes or brackets before a blank, and after
/// <c>。 ！ ？</c> anywhere; not after an abbreviation such as <c>Mr.</c>, a single capital letter, or before a small
/// letter that follows a full stop.
/// </summary>
internal sealed class SentenceScanner(TextSlice paragraph, CancellationToken cancellationToken = default)
{
    private const int MaxAbbreviationLength = 5;

    private static readonly HashSet<string> Abbreviations = new(StringComparer.OrdinalIgnoreCase)
    {
        "mr", "mrs", "ms", "dr", "prof", "rev", "hon", "st", "sr", "jr", "vs", "etc", "cf", "al", "no", "nos", "vol", "fig", "eq", "sec", "art",
        "ch", "pp", "p", "ed", "eds", "inc", "ltd", "co", "corp", "dept", "est", "approx", "gen", "col", "capt", "lt", "sgt", "gov", "sen",
        "rep", "e.g", "i.e", "a.m", "p.m", "u.s", "u.k",
    };

    private readonly ByteCursor _bytes = new(paragraph, cancellationToken);
    private long _next = paragraph.Start;

    public long Start { get; private set; }

    public long End { get; private set; }

    public bool MoveNext()
    {
        long at = _next;
        while (at < paragraph.End && IsBlank(_bytes[at]))
            at++;
        if (at >= paragraph.End)
            return false;

        Start = at;
        while (at < paragraph.End)
        {
            int sign = SignAt(at, out int length);
            at += length;
            if (sign is not ('.' or '!' or '?' or '…' or '。' or '！' or '？'))
                continue;

            bool isFullStop = sign == '.';
            bool isWide = sign is '。' or '！' or '？';
            long word = at - length;
            while (at < paragraph.End && SignAt(at, out length) is '.' or '!' or '?' or '…' or '。' or '！' or '？' or '"' or '\'' or ')'
                or ']' or '”' or '’' or '»' or '」')
            {
                at += length;
                isFullStop = false;
            }

            if (at >= paragraph.End || isWide
                || (IsBlank(_bytes[at]) && !(isFullStop && (IsAbbreviation(word) || IsBeforeSmallLetter(at)))))
                break;
        }

        End = _next = at;
        while (End > Start && IsBlank(_bytes[End - 1]))
            End--;
        return true;
    }

    private static bool IsBlank(byte value) => value is (byte)' ' or (byte)'\t' or (byte)'\n' or (byte)'\r' or (byte)'\v' or (byte)'\f';

    private int SignAt(long at, out int length)
    {
        byte value = _bytes[at];
        if (value < 0x80)
        {
            length = 1;
            return value;
        }

        return _bytes.RuneAt(at, out length).Value;
    }

    private bool IsAbbreviation(long end)
    {
        var word = new StringBuilder();
        for (long at = end - 1; at >= Start && word.Length <= MaxAbbreviationLength; at--)
        {
            char c = (char)_bytes[at];
            if (!char.IsAsciiLetter(c) && c != '.')
                break;
            word.Insert(0, c);
        }

        return (word.Length == 1 && char.IsAsciiLetterUpper(word[0])) || Abbreviations.Contains(word.ToString());
    }

    private bool IsBeforeSmallLetter(long at)
    {
        while (at < paragraph.End && IsBlank(_bytes[at]))
            at++;
        return at < paragraph.End && char.IsAsciiLetterLower((char)_bytes[at]);
    }
}
