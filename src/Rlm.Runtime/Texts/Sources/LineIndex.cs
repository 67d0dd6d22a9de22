using System.Buffers;

namespace Rlm.Runtime.Texts.Sources;

/// <summary>Line numbers of a source's offsets. Newlines are counted block by block, as far as someone asks.</summary>
internal sealed class LineIndex(TextSource source)
{
    private const int ScanBytes = 16 * BlockCache.BlockBytes;

    private readonly Lock _gate = new();

    /// <summary>How many newlines stand before each block; a number for each 64 KiB.</summary>
    private long[] _newlinesBefore = [];

    private int _knownBlocks;

    /// <summary>How many lines there are; a last line needs no line end.</summary>
    public long Count
    {
        get
        {
            long length = source.LengthBytes;
            return length == 0 ? 0 : LineOf(length - 1);
        }
    }

    /// <summary>The number of the line, from 1, that an offset lies in; a line's end belongs to it.</summary>
    public long LineOf(long offset)
    {
        int block = (int)(offset / BlockCache.BlockBytes);
        if (Volatile.Read(ref _knownBlocks) <= block)
            Extend(block);

        long start = (long)block * BlockCache.BlockBytes;
        return 1 + _newlinesBefore[block] + source.GetSpan(start, (int)(offset - start)).Count((byte)'\n');
    }

    private void Extend(int block)
    {
        lock (_gate)
        {
            if (_newlinesBefore.Length == 0)
                _newlinesBefore = new long[(source.LengthBytes / BlockCache.BlockBytes) + 2];
            if (_knownBlocks == 0)
                Volatile.Write(ref _knownBlocks, 1);

            byte[] buffer = ArrayPool<byte>.Shared.Rent(ScanBytes);
            try
            {
                while (_knownBlocks <= block)
                {
                    long start = (long)(_knownBlocks - 1) * BlockCache.BlockBytes;
                    int blocks = Math.Min(ScanBytes / BlockCache.BlockBytes, block - _knownBlocks + 1);
                    var window = buffer.AsSpan(0, (int)Math.Min((long)blocks * BlockCache.BlockBytes, source.LengthBytes - start));
                    source.Read(start, window);
                    for (int i = 0; i < blocks; i++)
                    {
                        var bytes = window.Slice(
                            i * BlockCache.BlockBytes, Math.Min(BlockCache.BlockBytes, window.Length - (i * BlockCache.BlockBytes)));
                        _newlinesBefore[_knownBlocks + i] = _newlinesBefore[_knownBlocks + i - 1] + bytes.Count((byte)'\n');
                    }

                    Volatile.Write(ref _knownBlocks, _knownBlocks + blocks);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(buffer);
            }
        }
    }
}
