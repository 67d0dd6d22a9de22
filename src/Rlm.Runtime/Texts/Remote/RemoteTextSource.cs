using Rlm.Runtime.Texts.Encodings;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Texts.Remote;

/// <summary>A file that is not on this machine, read where it is used and kept from then on.</summary>
internal sealed class RemoteTextSource : TextSource
{
    private readonly IRlmRemoteFile _file;
    private readonly RemoteBlocks _blocks;
    private readonly FileTextSource _kept;
    private readonly long _origin;

    /// <param name="file">The file.</param>
    /// <param name="blocks">What of it is here, which this source disposes.</param>
    /// <param name="store">Where that is kept.</param>
    /// <param name="origin">The offset of the text's first byte.</param>
    public RemoteTextSource(IRlmRemoteFile file, RemoteBlocks blocks, RemoteStore store, long origin)
        : base(file.Name)
    {
        _file = file;
        _blocks = blocks;
        _origin = origin;
        var (path, handle) = store.Open();
        // The store closes the handle.
        _kept = new FileTextSource(path, file.Name, handle, keepsOpen: true, blocks.Start + origin, file.LengthBytes - origin, isTemporary: true);
    }

    public override long LengthBytes => _kept.LengthBytes;

    internal override bool IsNear => false;

    internal override DateTime? ModifiedUtc => _file.ModifiedUtc;

    internal override string? State => _file.State;

    internal override Utf8Faults Faults => _kept.Faults;

    internal override ReadOnlySpan<byte> GetSpan(long start, int length)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(start);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(start + length, LengthBytes);
        Require(start, length);
        return _kept.GetSpan(start, length);
    }

    internal override void ReadBytes(long offset, Span<byte> buffer)
    {
        Require(offset, buffer.Length);
        _kept.ReadBytes(offset, buffer);
    }

    internal override void BoundAhead(long end) => _blocks.BoundAhead(_origin + end);

    private protected override void Release() => _blocks.Dispose();

    /// <summary>Has all blocks of the text be here that a stretch touches, since they are cached as a whole.</summary>
    private void Require(long start, int length)
    {
        if (length == 0)
            return;

        long first = start / BlockCache.BlockBytes * BlockCache.BlockBytes;
        long end = Math.Min(LengthBytes, (start + length + BlockCache.BlockBytes - 1) / BlockCache.BlockBytes * BlockCache.BlockBytes);
        _blocks.Require(_origin + first, end - first);
    }
}
