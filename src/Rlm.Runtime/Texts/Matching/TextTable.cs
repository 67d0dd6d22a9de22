using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>
/// Finds several texts, or one in either case, sixteen places at a time: the first bytes of each place are looked up, nibble by nibble,
/// in tables of the texts that have such a byte there; only where a text is left over is it compared whole.
/// </summary>
/// <remarks>The algorithm is Teddy, of Hyperscan (Wang et al., NSDI 2019).</remarks>
internal sealed class TextTable : LiteralFinder
{
    private const int Lanes = 16;
    private const int BucketCount = 8;

    private readonly bool _ignoresCase;
    private readonly int _depth;
    private readonly byte[][][] _buckets;
    private readonly Vector128<byte>[] _low;
    private readonly Vector128<byte>[] _high;

    /// <param name="literals">Texts of at least two bytes.</param>
    public TextTable(LiteralSet literals)
    {
        _ignoresCase = literals.IgnoresCase;
        _depth = Math.Min(3, literals.MinLength);
        _buckets = BucketsOf(literals.Texts);
        _low = new Vector128<byte>[_depth];
        _high = new Vector128<byte>[_depth];
        for (int depth = 0; depth < _depth; depth++)
        {
            byte[] low = new byte[Lanes], high = new byte[Lanes];
            for (int bucket = 0; bucket < _buckets.Length; bucket++)
            {
                foreach (byte[] text in _buckets[bucket])
                {
                    Enter(text[depth]);
                    if (_ignoresCase)
                        Enter(LetterCase.Other(text[depth]));
                }

                void Enter(byte value)
                {
                    low[value & 0xF] |= (byte)(1 << bucket);
                    high[value >> 4] |= (byte)(1 << bucket);
                }
            }

            _low[depth] = Vector128.Create(low);
            _high[depth] = Vector128.Create(high);
        }
    }

    public override int Find(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        if (bytes.Length >= Lanes + _depth - 1)
        {
            ref byte first = ref MemoryMarshal.GetReference(bytes);
            var (low0, high0, low1, high1) = (_low[0], _high[0], _low[1], _high[1]);
            var (low2, high2) = _depth == 3 ? (_low[2], _high[2]) : (Vector128<byte>.AllBitsSet, Vector128<byte>.AllBitsSet);
            // With two bytes, the third look is at the second again, and finds all texts.
            nuint third = (nuint)(_depth - 1);
            for (; at <= bytes.Length - Lanes - (_depth - 1); at += Lanes)
            {
                var found = Lookup(Vector128.LoadUnsafe(ref first, (nuint)at), low0, high0)
                    & Lookup(Vector128.LoadUnsafe(ref first, (nuint)at + 1), low1, high1)
                    & Lookup(Vector128.LoadUnsafe(ref first, (nuint)at + third), low2, high2);
                if (found == Vector128<byte>.Zero)
                    continue;

                for (uint places = ~Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits() & 0xFFFF; places != 0; places &= places - 1)
                {
                    int place = BitOperations.TrailingZeroCount(places);
                    if (IsAt(bytes[(at + place)..], found[place]))
                        return at + place;
                }
            }
        }

        for (; at < bytes.Length; at++)
        {
            if (IsAt(bytes[at..], byte.MaxValue))
                return at;
        }

        return -1;
    }

    private static Vector128<byte> Lookup(Vector128<byte> bytes, Vector128<byte> low, Vector128<byte> high) =>
        Vector128.ShuffleNative(low, bytes & Vector128.Create((byte)0xF)) & Vector128.ShuffleNative(high, bytes >>> 4);

    /// <summary>Whether a text of one of the buckets, which are bits, is at the start.</summary>
    private bool IsAt(ReadOnlySpan<byte> bytes, int buckets)
    {
        for (; buckets != 0; buckets &= buckets - 1)
        {
            int bucket = BitOperations.TrailingZeroCount(buckets);
            if (bucket >= _buckets.Length)
                return false;
            foreach (byte[] text in _buckets[bucket])
            {
                if (LetterCase.StartsWith(bytes, text, _ignoresCase))
                    return true;
            }
        }

        return false;
    }

    /// <summary>The texts in at most eight groups; those that begin alike are together.</summary>
    private static byte[][][] BucketsOf(IReadOnlyList<byte[]> texts)
    {
        byte[][] sorted = [.. texts.OrderBy(text => text[0]).ThenBy(text => text[1])];
        return [.. sorted.Chunk((sorted.Length + BucketCount - 1) / BucketCount)];
    }
}
