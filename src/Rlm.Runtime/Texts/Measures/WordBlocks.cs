using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;

namespace Rlm.Runtime.Texts.Measures;

/// <summary>An ASCII text in blocks of 64 bytes, with a bit a byte for what <see cref="WordScanner"/> sees there.</summary>
internal ref struct WordBlocks
{
    public const int BlockBytes = 64;

    /// <summary>The length of the buffer that the last blocks are read from, so that some bytes behind each can be read.</summary>
    public const int RestBytes = 2 * (BlockBytes + NearBytes);

    /// <summary>How much can be read from any byte of a block on; behind the text there are zeros.</summary>
    private const int NearBytes = 16;

    private readonly ReadOnlySpan<byte> _text;
    private readonly Span<byte> _rest;
    private int _restStart = int.MaxValue;

    /// <summary>The block. A span in a field would be read again before it is written.</summary>
    private ref readonly byte _block;
    private ulong _signsBefore;
    private ulong _joinersBefore;

    /// <param name="text">ASCII bytes.</param>
    /// <param name="rest">A buffer of <see cref="RestBytes"/>.</param>
    public WordBlocks(ReadOnlySpan<byte> text, Span<byte> rest)
    {
        _text = text;
        _rest = rest;
    }

    /// <summary>Where the block begins.</summary>
    public int At { get; private set; } = -BlockBytes;

    /// <summary>The block, and what stands behind it.</summary>
    public readonly ReadOnlySpan<byte> Bytes => MemoryMarshal.CreateReadOnlySpan(in _block, BlockBytes + NearBytes);

    /// <summary>Where words start.</summary>
    public ulong Starts { get; private set; }

    /// <summary>Where lines end.</summary>
    public ulong Newlines { get; private set; }

    public bool MoveNext()
    {
        At += BlockBytes;
        if (At >= _text.Length)
            return false;

        if (_text.Length - At >= BlockBytes + NearBytes)
        {
            _block = ref _text[At];
        }
        else
        {
            if (_restStart > At)
            {
                _restStart = At;
                _rest.Clear();
                _text[At..].CopyTo(_rest);
            }

            _block = ref _rest[At - _restStart];
        }

        var (signs, joiners, newlines) = Vector256.IsHardwareAccelerated ? ClassifyWide(Bytes) : Classify(Bytes);
        ulong afterSign = (signs << 1) | (_signsBefore >> 63);
        ulong joined = ((joiners << 1) | (_joinersBefore >> 63)) & ((signs << 2) | (_signsBefore >> 62));
        (Starts, Newlines, _signsBefore, _joinersBefore) = (signs & ~afterSign & ~joined, newlines, signs, joiners);
        return true;
    }

    /// <summary>Which of 64 bytes belong to words, join two of these, or end a line.</summary>
    public static (ulong Signs, ulong Joiners, ulong Newlines) ClassifyWide(ReadOnlySpan<byte> block)
    {
        ref byte start = ref MemoryMarshal.GetReference(block[..BlockBytes]);
        ulong signs = 0, joiners = 0, newlines = 0;
        for (int i = 0; i < BlockBytes; i += Vector256<byte>.Count)
        {
            var bytes = Vector256.LoadUnsafe(ref start, (nuint)i);
            var isSign = Vector256.LessThan((bytes | Vector256.Create((byte)0x20)) - Vector256.Create((byte)'a'), Vector256.Create((byte)26))
                | Vector256.LessThan(bytes - Vector256.Create((byte)'0'), Vector256.Create((byte)10))
                | Vector256.Equals(bytes, Vector256.Create((byte)'_'));
            var isJoiner = Vector256.Equals(bytes, Vector256.Create((byte)'\'')) | Vector256.Equals(bytes, Vector256.Create((byte)'-'));
            signs |= (ulong)isSign.ExtractMostSignificantBits() << i;
            joiners |= (ulong)isJoiner.ExtractMostSignificantBits() << i;
            newlines |= (ulong)Vector256.Equals(bytes, Vector256.Create((byte)'\n')).ExtractMostSignificantBits() << i;
        }

        return (signs, joiners, newlines);
    }

    /// <summary>The same for processors of short vectors.</summary>
    public static (ulong Signs, ulong Joiners, ulong Newlines) Classify(ReadOnlySpan<byte> block)
    {
        ref byte start = ref MemoryMarshal.GetReference(block[..BlockBytes]);
        ulong signs = 0, joiners = 0, newlines = 0;
        for (int i = 0; i < BlockBytes; i += Vector128<byte>.Count)
        {
            var bytes = Vector128.LoadUnsafe(ref start, (nuint)i);
            var isSign = Vector128.LessThan((bytes | Vector128.Create((byte)0x20)) - Vector128.Create((byte)'a'), Vector128.Create((byte)26))
                | Vector128.LessThan(bytes - Vector128.Create((byte)'0'), Vector128.Create((byte)10))
                | Vector128.Equals(bytes, Vector128.Create((byte)'_'));
            var isJoiner = Vector128.Equals(bytes, Vector128.Create((byte)'\'')) | Vector128.Equals(bytes, Vector128.Create((byte)'-'));
            signs |= (ulong)isSign.ExtractMostSignificantBits() << i;
            joiners |= (ulong)isJoiner.ExtractMostSignificantBits() << i;
            newlines |= (ulong)Vector128.Equals(bytes, Vector128.Create((byte)'\n')).ExtractMostSignificantBits() << i;
        }

        return (signs, joiners, newlines);
    }
}
