using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>Items in memory, as bytes, and their order.</summary>
internal sealed class SortBuffer
{
    private const int FirstSegmentBytes = 4 * 1024;
    private const int SegmentBits = 20;
    private const int MostSegmentBytes = 1 << SegmentBits;
    private const int MostSegments = 1 << (32 - SegmentBits);

    private readonly List<byte[]> _segments = [];
    private SortEntry[] _entries = [];
    private int _segment;
    private int _used;

    public int Count { get; private set; }

    /// <summary>The memory that the items take.</summary>
    public long Bytes { get; private set; }

    /// <summary>The entries in their order, once they are sorted.</summary>
    public ReadOnlySpan<SortEntry> Entries => _entries.AsSpan(0, Count);

    /// <param name="item">The item.</param>
    /// <param name="place">Its place, which decides between equal keys.</param>
    public void Add(ReadOnlySpan<byte> item, int place)
    {
        int length = sizeof(int) + item.Length;
        if (_segments.Count == 0 || _segments[_segment].Length - _used < length)
            BeginSegment(length);

        var room = _segments[_segment].AsSpan(_used);
        BinaryPrimitives.WriteInt32LittleEndian(room, item.Length);
        item.CopyTo(room[sizeof(int)..]);
        if (_entries.Length == Count)
            Array.Resize(ref _entries, Math.Max(64, 2 * Count));
        _entries[Count++] = new SortEntry(0, 0, ((uint)_segment << SegmentBits) | (uint)_used, place);
        Bytes += length + Unsafe.SizeOf<SortEntry>();
        _used += length;
    }

    public ReadOnlySpan<byte> this[in SortEntry entry]
    {
        get
        {
            var kept = _segments[(int)(entry.Start >> SegmentBits)].AsSpan((int)(entry.Start & (MostSegmentBytes - 1)));
            return kept.Slice(sizeof(int), BinaryPrimitives.ReadInt32LittleEndian(kept));
        }
    }

    public void Sort(SortOrder order)
    {
        var entries = _entries.AsSpan(0, Count);
        foreach (ref var entry in entries)
            entry = order.EntryOf(this[entry], entry);
        entries.Sort((left, right) => Compare(left, right, order));
    }

    /// <summary>Forgets the items and keeps their room for others.</summary>
    public void Clear() => (Count, Bytes, _segment, _used) = (0, 0, 0, 0);

    public SortCursor Open() => new Cursor(this);

    private void BeginSegment(int length)
    {
        int next = _segments.Count == 0 ? 0 : _segment + 1;
        if (next == MostSegments)
            throw new InsufficientMemoryException("The keys of a sort take more than 4 GiB.");
        if (next == _segments.Count)
            _segments.Add([]);
        if (_segments[next].Length < length)
        {
            int usual = next == 0 ? FirstSegmentBytes : Math.Min(2 * _segments[next - 1].Length, MostSegmentBytes);
            _segments[next] = GC.AllocateUninitializedArray<byte>(Math.Max(usual, length));
        }

        (_segment, _used) = (next, 0);
    }

    private int Compare(in SortEntry left, in SortEntry right, SortOrder order)
    {
        if (!order.TryCompare(left, right, out int known))
            known = order.Compare(this[left], this[right]);
        return known != 0 ? known : left.Place.CompareTo(right.Place);
    }

    private sealed class Cursor(SortBuffer buffer) : SortCursor
    {
        private int _next;

        public override ReadOnlySpan<byte> Item => buffer[buffer._entries[_next - 1]];

        public override bool MoveNext() => _next++ < buffer.Count;
    }
}
