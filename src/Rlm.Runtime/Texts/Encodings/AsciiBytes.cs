using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using System.Text;

namespace Rlm.Runtime.Texts.Encodings;

/// <summary>Looks for bytes that are not ASCII, in blocks: the framework's own search tests each vector by itself, which costs twice as much.</summary>
internal static class AsciiBytes
{
    /// <summary>How many are ASCII at the start: all of them, or those of the blocks before the first other one.</summary>
    public static int CountAtStart(ReadOnlySpan<byte> bytes)
    {
        int at = 0;
        if (Vector256.IsHardwareAccelerated)
        {
            ref byte first = ref MemoryMarshal.GetReference(bytes);
            for (; at <= bytes.Length - (4 * Vector256<byte>.Count); at += 4 * Vector256<byte>.Count)
            {
                var some = Vector256.LoadUnsafe(ref first, (nuint)at) | Vector256.LoadUnsafe(ref first, (nuint)(at + Vector256<byte>.Count))
                    | Vector256.LoadUnsafe(ref first, (nuint)(at + (2 * Vector256<byte>.Count)))
                    | Vector256.LoadUnsafe(ref first, (nuint)(at + (3 * Vector256<byte>.Count)));
                if (some.ExtractMostSignificantBits() != 0)
                    return at;
            }
        }

        return Ascii.IsValid(bytes[at..]) ? bytes.Length : at;
    }
}
