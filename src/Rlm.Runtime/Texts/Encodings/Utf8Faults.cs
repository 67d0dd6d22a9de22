using System.Buffers;
using System.Text;
using System.Text.Unicode;

namespace Rlm.Runtime.Texts.Encodings;

/// <summary>The places of a text that are not UTF-8, as far as the text was read. Each reads as one replacement character.</summary>
/// <param name="found">How many were found by others who read the text, so that none are looked for; null for a text that is read here.</param>
internal sealed class Utf8Faults(int? found = null)
{
    /// <summary>How many places are told apart; beyond that there are as many or more.</summary>
    public const int Most = 1000;

    /// <summary>So few that a text with few other characters is looked at by the faster search for them.</summary>
    private const int PieceBytes = 512;

    private readonly Lock _gate = new();
    private readonly HashSet<long> _offsets = [];
    private long _first = long.MaxValue;
    private bool _isFull;

    /// <summary>How many places there are, at most <see cref="Most"/>.</summary>
    public int Count
    {
        get
        {
            lock (_gate)
                return found ?? _offsets.Count;
        }
    }

    /// <summary>The offsets of those that are told apart, in any order.</summary>
    public IReadOnlyList<long> Offsets
    {
        get
        {
            lock (_gate)
                return [.. _offsets];
        }
    }

    /// <summary>The offset of the first of them; null for none.</summary>
    public long? First => Volatile.Read(ref _first) is < long.MaxValue and var first ? first : null;

    /// <summary>Looks at bytes that are read, which may be read again later.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="start">The offset of the first one.</param>
    /// <param name="isCut">Whether they may begin and end within a character.</param>
    public void Check(ReadOnlySpan<byte> bytes, long start, bool isCut)
    {
        // Of a text that is not UTF-8 at all, only an earlier place is news.
        if (found is not null || AsciiBytes.CountAtStart(bytes) == bytes.Length
            || (Volatile.Read(ref _isFull) && start >= Volatile.Read(ref _first)))
            return;

        var rest = EncodingGuess.Whole(bytes, isCut, isCut, out int skipped);
        start += skipped;
        for (int done = 0; (done += AsciiBytes.CountAtStart(rest[done..])) < rest.Length;)
        {
            int length = CutPiece(rest[done..]);
            if (!Utf8.IsValid(rest.Slice(done, length)))
            {
                Add(rest[done..], start + done);
                return;
            }

            done += length;
        }
    }

    /// <summary>The length of a piece that ends with a whole character, if there is one.</summary>
    private static int CutPiece(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length <= PieceBytes)
            return bytes.Length;

        int length = PieceBytes;
        while (length > PieceBytes - 3 && (bytes[length] & 0xC0) == 0x80)
            length--;
        return length;
    }

    private void Add(ReadOnlySpan<byte> bytes, long start)
    {
        int at = 0;
        lock (_gate)
        {
            while (bytes[at..].IndexOfAnyInRange((byte)0x80, (byte)0xFF) is var next and >= 0)
            {
                at += next;
                if (Rune.DecodeFromUtf8(bytes[at..], out _, out int length) != OperationStatus.Done)
                {
                    Volatile.Write(ref _first, Math.Min(_first, start + at));
                    if (_offsets.Count < Most)
                        _offsets.Add(start + at);
                    if (_offsets.Count == Most)
                    {
                        Volatile.Write(ref _isFull, true);
                        return;
                    }
                }

                at += length;
            }
        }
    }
}
