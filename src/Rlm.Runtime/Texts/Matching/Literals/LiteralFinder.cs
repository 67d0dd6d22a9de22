using System.Buffers;

namespace Rlm.Runtime.Texts.Matching.Literals;

/// <summary>Finds the texts of a <see cref="LiteralSet"/> in bytes. Safe to share between threads.</summary>
internal abstract class LiteralFinder
{
    public static LiteralFinder Of(LiteralSet literals) => literals switch
    {
        { Texts: [{ Length: > 1 } text] } => new RarePair(text, literals.IgnoresCase),
        { IgnoresCase: false, Texts: [var text] } => new OneText(text),
        { MaxLength: 1 } => new OneByte(literals),
        { MinLength: > 1 } => new TextTable(literals),
        _ => new ShortTexts(literals),
    };

    /// <summary>The first place, or -1.</summary>
    public abstract int Find(ReadOnlySpan<byte> bytes);

    /// <summary>A text of one byte, or of none, which is everywhere.</summary>
    private sealed class OneText(byte[] text) : LiteralFinder
    {
        public override int Find(ReadOnlySpan<byte> bytes) => bytes.IndexOf(text);
    }

    /// <summary>Texts of a single byte.</summary>
    private sealed class OneByte(LiteralSet literals) : LiteralFinder
    {
        private readonly SearchValues<byte> _values = ValuesOf(literals);

        public override int Find(ReadOnlySpan<byte> bytes) => bytes.IndexOfAny(_values);
    }

    /// <summary>Texts of which some have a single byte, found by their first bytes.</summary>
    private sealed class ShortTexts(LiteralSet literals) : LiteralFinder
    {
        private readonly SearchValues<byte> _values = ValuesOf(literals);

        public override int Find(ReadOnlySpan<byte> bytes)
        {
            for (int at = 0; bytes[at..].IndexOfAny(_values) is var hit and >= 0; at++)
            {
                at += hit;
                foreach (byte[] text in literals.Texts)
                {
                    if (LetterCase.StartsWith(bytes[at..], text, literals.IgnoresCase))
                        return at;
                }
            }

            return -1;
        }
    }

    private static SearchValues<byte> ValuesOf(LiteralSet literals) => SearchValues.Create(
        [.. literals.Texts.SelectMany(text => literals.IgnoresCase ? new[] { text[0], LetterCase.Swap(text[0]) } : [text[0]]).Distinct()]);
}
