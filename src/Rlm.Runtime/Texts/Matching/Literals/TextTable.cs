using System.Numerics;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Rlm.Runtime.Texts.Matching.Literals;

/// <summary>
/// Finds several texts sixteen or thirty-two places at a time: the first bytes of each place are looked up, nibble by nibble,
/// in tables of the texts that have such a byte there; only where a text is left over is it compared whole.
/// </summary>
/// <remarks>The algorithm is Teddy, of Hyperscan (Wang et al., NSDI 2019).</remarks>
internal sealed class TextTable : LiteralFinder
{
    private const int Lanes = 16;
    private const int BucketCount = 8;

    private readonly bool _ignoresCase;
    private readonly int _depth;
    private readonly byte[][][] _byFirst = new byte[256][][];
    private readonly Vector128<byte>[] _low;
    private readonly Vector128<byte>[] _high;

    /// <param name="literals">Texts of at least two bytes.</param>
    public TextTable(LiteralSet literals)
    {
        _ignoresCase = literals.IgnoresCase;
        _depth = Math.Min(3, literals.MinLength);
        for (int first = 0; first < _byFirst.Length; first++)
            _byFirst[first] = [.. literals.Texts.Where(text => text[0] == first)];
        byte[][][] buckets = BucketsOf(literals.Texts);
        _low = new Vector128<byte>[_depth];
        _high = new Vector128<byte>[_depth];
        for (int depth = 0; depth < _depth; depth++)
        {
            byte[] low = new byte[Lanes], high = new byte[Lanes];
            for (int bucket = 0; bucket < buckets.Length; bucket++)
            {
                foreach (byte[] text in buckets[bucket])
                {
                    Enter(text[depth]);
                    if (_ignoresCase)
                        Enter(LetterCase.Swap(text[depth]));
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
        if (Avx2.IsSupported && FindWide(bytes, ref at) is var found256 and >= 0)
            return found256;

        if (bytes.Length - at >= Lanes + _depth - 1)
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

                uint empty = Vector128.Equals(found, Vector128<byte>.Zero).ExtractMostSignificantBits();
                if (FirstAt(bytes, at, ~empty & ushort.MaxValue) is var place and >= 0)
                    return place;
            }
        }

        for (; at < bytes.Length; at++)
        {
            if (IsAt(bytes[at..]))
                return at;
        }

        return -1;
    }

    /// <summary>The same with registers twice as wide, as far as they reach.</summary>
    private int FindWide(ReadOnlySpan<byte> bytes, ref int at)
    {
        ref byte first = ref MemoryMarshal.GetReference(bytes);
        var (low0, high0) = (Vector256.Create(_low[0]), Vector256.Create(_high[0]));
        var (low1, high1) = (Vector256.Create(_low[1]), Vector256.Create(_high[1]));
        var low2 = _depth == 3 ? Vector256.Create(_low[2]) : Vector256<byte>.AllBitsSet;
        var high2 = _depth == 3 ? Vector256.Create(_high[2]) : Vector256<byte>.AllBitsSet;
        nuint third = (nuint)(_depth - 1);
        for (; at <= bytes.Length - (2 * Lanes) - (_depth - 1); at += 2 * Lanes)
        {
            var found = Lookup(Vector256.LoadUnsafe(ref first, (nuint)at), low0, high0)
                & Lookup(Vector256.LoadUnsafe(ref first, (nuint)at + 1), low1, high1)
                & Lookup(Vector256.LoadUnsafe(ref first, (nuint)at + third), low2, high2);
            if (found == Vector256<byte>.Zero)
                continue;

            if (FirstAt(bytes, at, ~Vector256.Equals(found, Vector256<byte>.Zero).ExtractMostSignificantBits()) is var place and >= 0)
                return place;
        }

        return -1;
    }

    private static Vector128<byte> Lookup(Vector128<byte> bytes, Vector128<byte> low, Vector128<byte> high) =>
        Vector128.ShuffleNative(low, bytes & Vector128.Create((byte)0xF)) & Vector128.ShuffleNative(high, bytes >>> 4);

    private static Vector256<byte> Lookup(Vector256<byte> bytes, Vector256<byte> low, Vector256<byte> high) =>
        Avx2.Shuffle(low, bytes & Vector256.Create((byte)0xF)) & Avx2.Shuffle(high, bytes >>> 4);

    private int FirstAt(ReadOnlySpan<byte> bytes, int at, uint places)
    {
        for (; places != 0; places &= places - 1)
        {
            int place = at + BitOperations.TrailingZeroCount(places);
            if (IsAt(bytes[place..]))
                return place;
        }

        return -1;
    }

    private bool IsAt(ReadOnlySpan<byte> bytes)
    {
        byte first = _ignoresCase ? LetterCase.ToLower(bytes[0]) : bytes[0];
        foreach (byte[] text in _byFirst[first])
        {
            if (LetterCase.StartsWith(bytes, text, _ignoresCase))
                return true;
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
