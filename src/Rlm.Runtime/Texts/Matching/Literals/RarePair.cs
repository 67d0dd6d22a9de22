using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rlm.Runtime.Texts.Matching.Literals;

/// <summary>
/// Finds one text, in either case if wanted, by its two rarest bytes: only where both stand at their distance is it compared whole.
/// </summary>
internal sealed class RarePair : LiteralFinder
{
    private const byte CaseBit = 0x20;

    private readonly byte[] _text;
    private readonly bool _ignoresCase;
    private readonly int _firstAt;
    private readonly int _secondAt;

    /// <param name="text">At least two bytes, in lower case where either is meant.</param>
    /// <param name="ignoresCase">Whether ASCII letters match in either case.</param>
    public RarePair(byte[] text, bool ignoresCase)
    {
        _text = text;
        _ignoresCase = ignoresCase;
        int[] byRarity =
            [.. Enumerable.Range(0, Math.Min(text.Length, byte.MaxValue)).OrderBy(at => ByteRarity.PerThousand(text[at])).Take(2).Order()];
        (_firstAt, _secondAt) = (byRarity[0], byRarity[1]);
    }

    public override int Find(ReadOnlySpan<byte> bytes)
    {
        int last = bytes.Length - _text.Length;
        int at = 0;
        ref byte start = ref MemoryMarshal.GetReference(bytes);
        byte first = _text[_firstAt], second = _text[_secondAt];
        byte firstCase = CaseBitOf(first), secondCase = CaseBitOf(second);
        if (Vector256.IsHardwareAccelerated)
        {
            var (wideFirst, wideSecond) = (Vector256.Create(first), Vector256.Create(second));
            var (wideFirstCase, wideSecondCase) = (Vector256.Create(firstCase), Vector256.Create(secondCase));
            for (; at <= last - (4 * Vector256<byte>.Count); at += 4 * Vector256<byte>.Count)
            {
                ref byte firsts = ref Unsafe.Add(ref start, at + _firstAt), seconds = ref Unsafe.Add(ref start, at + _secondAt);
                var hits0 = Hits(ref firsts, ref seconds, 0);
                var hits1 = Hits(ref firsts, ref seconds, 32);
                var hits2 = Hits(ref firsts, ref seconds, 64);
                var hits3 = Hits(ref firsts, ref seconds, 96);
                if ((hits0 | hits1 | hits2 | hits3) == Vector256<byte>.Zero)
                    continue;

                if (FirstAt(bytes, at, Places(hits0, hits1)) is var low and >= 0)
                    return low;
                if (FirstAt(bytes, at + 64, Places(hits2, hits3)) is var high and >= 0)
                    return high;
            }

            Vector256<byte> Hits(ref byte firsts, ref byte seconds, nuint offset) =>
                Vector256.Equals(Vector256.LoadUnsafe(ref firsts, offset) | wideFirstCase, wideFirst)
                & Vector256.Equals(Vector256.LoadUnsafe(ref seconds, offset) | wideSecondCase, wideSecond);
        }

        for (; at <= last - Vector128<byte>.Count; at += Vector128<byte>.Count)
        {
            var hits = Vector128.Equals(
                Vector128.LoadUnsafe(ref start, (nuint)(at + _firstAt)) | Vector128.Create(firstCase), Vector128.Create(first))
                & Vector128.Equals(
                    Vector128.LoadUnsafe(ref start, (nuint)(at + _secondAt)) | Vector128.Create(secondCase), Vector128.Create(second));
            if (hits != Vector128<byte>.Zero && FirstAt(bytes, at, hits.ExtractMostSignificantBits()) is var place and >= 0)
                return place;
        }

        for (; at <= last; at++)
        {
            if ((Unsafe.Add(ref start, at + _firstAt) | firstCase) == first && LetterCase.StartsWith(bytes[at..], _text, _ignoresCase))
                return at;
        }

        return -1;
    }

    private byte CaseBitOf(byte value) => _ignoresCase && char.IsAsciiLetter((char)value) ? CaseBit : (byte)0;

    private static ulong Places(Vector256<byte> low, Vector256<byte> high) =>
        low.ExtractMostSignificantBits() | ((ulong)high.ExtractMostSignificantBits() << 32);

    private int FirstAt(ReadOnlySpan<byte> bytes, int at, ulong places)
    {
        for (; places != 0; places &= places - 1)
        {
            int place = at + BitOperations.TrailingZeroCount(places);
            if (LetterCase.StartsWith(bytes[place..], _text, _ignoresCase))
                return place;
        }

        return -1;
    }
}
