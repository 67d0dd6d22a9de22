using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>
/// The few forms, in ASCII, that the words of a query have in texts, looked for at the starts of words: by their first two bytes in 64 bytes
/// at once, and there byte by byte.
/// </summary>
internal sealed class WordForms
{
    /// <summary>With more beginnings than these a look at each word's first letter costs less.</summary>
    private const int MaxBeginnings = 16;

    private const byte CaseBit = 0x20;

    /// <summary>By first byte, in either case.</summary>
    private readonly Form[]?[] _byFirst = new Form[]?[256];

    private readonly Beginning[] _beginnings;

    /// <param name="forms">Words of ASCII signs in lower case, with what is found of each.</param>
    public WordForms(IReadOnlyCollection<(byte[] Word, int Place)> forms)
    {
        foreach (var group in forms.GroupBy(form => form.Word[0]))
        {
            Form[] all = [.. group.Select(form => new Form(form.Word, form.Place))];
            _byFirst[group.Key] = _byFirst[char.ToUpperInvariant((char)group.Key)] = all;
        }

        _beginnings = [.. forms.Select(form => Beginning.Of(form.Word)).Distinct()];
    }

    /// <summary>Where in a block of words a form may start, among other places.</summary>
    public ulong FindBeginnings(ReadOnlySpan<byte> block)
    {
        if (_beginnings.Length > MaxBeginnings)
            return ulong.MaxValue;
        return Vector256.IsHardwareAccelerated ? FindWide(block) : FindNarrow(block);
    }

    /// <summary>What is found of the form that a word is; -1 where it is none.</summary>
    /// <param name="near">The word, and so much behind it that a vector can be read.</param>
    /// <param name="text">The text.</param>
    /// <param name="at">Where the word starts in the text.</param>
    public int Find(ReadOnlySpan<byte> near, ReadOnlySpan<byte> text, int at)
    {
        if (_byFirst[near[0]] is not { } forms)
            return -1;

        var bytes = Vector128.LoadUnsafe(ref MemoryMarshal.GetReference(near));
        var isUpper = Vector128.LessThan(bytes - Vector128.Create((byte)'A'), Vector128.Create((byte)26));
        bytes |= isUpper & Vector128.Create(CaseBit);
        foreach (ref readonly var form in forms.AsSpan())
        {
            if ((bytes & form.Mask) == form.Bytes && form.GoesOnIn(text, at) && EndsWord(text, at + form.Word.Length))
                return form.Place;
        }

        return -1;
    }

    /// <summary>The same as <see cref="FindBeginnings"/>, by vectors of 32 bytes.</summary>
    public ulong FindWide(ReadOnlySpan<byte> block)
    {
        ref byte start = ref MemoryMarshal.GetReference(block[..(WordBlocks.BlockBytes + 1)]);
        var fold = Vector256.Create(CaseBit);
        var (low, lowNext) = (Vector256.LoadUnsafe(ref start) | fold, Vector256.LoadUnsafe(ref start, 1) | fold);
        var (high, highNext) = (Vector256.LoadUnsafe(ref start, 32) | fold, Vector256.LoadUnsafe(ref start, 33) | fold);
        var (lowHits, highHits) = (Vector256<byte>.Zero, Vector256<byte>.Zero);
        foreach (var beginning in _beginnings)
        {
            var (first, second, mask) = (
                Vector256.Create(beginning.First), Vector256.Create(beginning.Second), Vector256.Create(beginning.SecondMask));
            lowHits |= Vector256.Equals(low, first) & Vector256.Equals(lowNext & mask, second);
            highHits |= Vector256.Equals(high, first) & Vector256.Equals(highNext & mask, second);
        }

        return lowHits.ExtractMostSignificantBits() | ((ulong)highHits.ExtractMostSignificantBits() << 32);
    }

    /// <summary>The same by vectors of 16 bytes.</summary>
    public ulong FindNarrow(ReadOnlySpan<byte> block)
    {
        ref byte start = ref MemoryMarshal.GetReference(block[..(WordBlocks.BlockBytes + 1)]);
        var fold = Vector128.Create(CaseBit);
        ulong found = 0;
        for (int i = 0; i < WordBlocks.BlockBytes; i += Vector128<byte>.Count)
        {
            var (bytes, next) = (Vector128.LoadUnsafe(ref start, (nuint)i) | fold, Vector128.LoadUnsafe(ref start, (nuint)i + 1) | fold);
            var hits = Vector128<byte>.Zero;
            foreach (var beginning in _beginnings)
                hits |= Vector128.Equals(bytes, Vector128.Create(beginning.First))
                    & Vector128.Equals(next & Vector128.Create(beginning.SecondMask), Vector128.Create(beginning.Second));
            found |= (ulong)hits.ExtractMostSignificantBits() << i;
        }

        return found;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static bool EndsWord(ReadOnlySpan<byte> text, int end) => end >= text.Length || (!IsSign(text[end])
        && !(text[end] is (byte)'\'' or (byte)'-' && end + 1 < text.Length && IsSign(text[end + 1])));

    private static bool IsSign(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '_';

    /// <summary>The first two bytes, as they are with the bit of letter case; of one byte, with any other behind it.</summary>
    private readonly record struct Beginning(byte First, byte Second, byte SecondMask)
    {
        public static Beginning Of(byte[] word) => word.Length == 1
            ? new((byte)(word[0] | CaseBit), 0, 0)
            : new((byte)(word[0] | CaseBit), (byte)(word[1] | CaseBit), byte.MaxValue);
    }

    /// <summary>A form, and its first bytes as a vector.</summary>
    private readonly struct Form
    {
        public Form(byte[] word, int place)
        {
            (Word, Place) = (word, place);
            Span<byte> bytes = stackalloc byte[Vector128<byte>.Count], mask = stackalloc byte[Vector128<byte>.Count];
            bytes.Clear();
            mask.Clear();
            int length = Math.Min(word.Length, bytes.Length);
            word.AsSpan(0, length).CopyTo(bytes);
            mask[..length].Fill(byte.MaxValue);
            (Bytes, Mask) = (Vector128.Create<byte>(bytes), Vector128.Create<byte>(mask));
        }

        public Vector128<byte> Bytes { get; }

        public Vector128<byte> Mask { get; }

        public byte[] Word { get; }

        public int Place { get; }

        /// <summary>Whether a text that has its first bytes has the others as well.</summary>
        public bool GoesOnIn(ReadOnlySpan<byte> text, int at) =>
            Word.Length <= Vector128<byte>.Count
            || (text.Length - at >= Word.Length && Ascii.EqualsIgnoreCase(text.Slice(at, Word.Length), Word));
    }
}
