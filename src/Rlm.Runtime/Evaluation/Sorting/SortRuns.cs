using System.Buffers.Binary;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>Items in a temporary file: stretches that are sorted, one after the other.</summary>
internal sealed class SortRuns : IDisposable
{
    private const int WriteBytes = 1024 * 1024;
    private const int ReadBytes = 8 * 1024 * 1024;
    private const int LeastReadBytes = 16 * 1024;

    // The length of an item and its place.
    private const int HeadBytes = 2 * sizeof(int);

    private readonly TemporaryFile _file = new("sort");
    private readonly List<Run> _runs = [];
    private long _length;

    /// <summary>The length of the file.</summary>
    public long Bytes => _length;

    /// <summary>Sorts items and writes them.</summary>
    public void Add(SortBuffer buffer, SortOrder order) => _runs.Add(Write(buffer, order));

    /// <summary>Has all items be in one order: those that were written in another are read and sorted again.</summary>
    public void SortAll(SortOrder order)
    {
        for (int i = 0; i < _runs.Count; i++)
        {
            if (_runs[i].Order.IsLike(order))
                continue;

            var buffer = new SortBuffer();
            var cursor = new RunCursor(_file, _runs[i], _runs[i].Order, ReadBytes);
            while (cursor.MoveNext())
                buffer.Add(cursor.Item, cursor.Place);

            _runs[i] = Write(buffer, order);
        }
    }

    /// <summary>Goes through all items in their order.</summary>
    public SortCursor Open(SortOrder order)
    {
        int bytes = Math.Max(ReadBytes / _runs.Count, LeastReadBytes);
        return new MergedCursor([.. _runs.Select(run => new RunCursor(_file, run, order, bytes))], order);
    }

    public void Dispose() => _file.Dispose();

    private Run Write(SortBuffer buffer, SortOrder order)
    {
        buffer.Sort(order);
        long start = _length;
        byte[] written = new byte[WriteBytes];
        int used = 0;
        foreach (var entry in buffer.Entries)
        {
            var item = buffer[entry];
            if (used + HeadBytes + item.Length > written.Length)
            {
                Write(written.AsSpan(0, used));
                used = 0;
            }

            if (HeadBytes + item.Length > written.Length)
                written = new byte[HeadBytes + item.Length];
            BinaryPrimitives.WriteInt32LittleEndian(written.AsSpan(used), item.Length);
            BinaryPrimitives.WriteInt32LittleEndian(written.AsSpan(used + sizeof(int)), entry.Place);
            item.CopyTo(written.AsSpan(used + HeadBytes));
            used += HeadBytes + item.Length;
        }

        Write(written.AsSpan(0, used));
        return new Run(start, _length, order);
    }

    private void Write(ReadOnlySpan<byte> bytes)
    {
        _file.Write(bytes, _length, _length);
        _length += bytes.Length;
    }

    /// <param name="Start">Where it begins in the file.</param>
    /// <param name="End">Where it ends.</param>
    /// <param name="Order">The order that it was written in.</param>
    private sealed record Run(long Start, long End, SortOrder Order);

    /// <summary>Goes through a run.</summary>
    private sealed class RunCursor(TemporaryFile file, Run run, SortOrder order, int bufferBytes) : SortCursor
    {
        private byte[] _buffer = new byte[(int)Math.Min(bufferBytes, run.End - run.Start)];
        private long _next = run.Start;
        private int _start;
        private int _end;
        private int _length;

        public int Place { get; private set; }

        public SortEntry Entry => order.EntryOf(Item, default);

        public override ReadOnlySpan<byte> Item => _buffer.AsSpan(_start, _length);

        public override bool MoveNext()
        {
            _start += _length;
            _length = 0;
            if (!Require(HeadBytes))
                return false;

            int length = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start));
            Place = BinaryPrimitives.ReadInt32LittleEndian(_buffer.AsSpan(_start + sizeof(int)));
            Require(HeadBytes + length);
            _start += HeadBytes;
            _length = length;
            return true;
        }

        /// <summary>Has so many bytes be in the buffer; false at the end.</summary>
        private bool Require(int bytes)
        {
            if (_end - _start >= bytes)
                return true;

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_buffer.Length < bytes)
                Array.Resize(ref _buffer, bytes);
            int wanted = (int)Math.Min(_buffer.Length - _end, run.End - _next);
            for (int read; wanted > 0 && (read = RandomAccess.Read(file.Open(), _buffer.AsSpan(_end, wanted), _next)) > 0; wanted -= read)
                (_end, _next) = (_end + read, _next + read);
            return _end >= bytes;
        }
    }

    /// <summary>Goes through several runs at once; of equal items the earlier run's come first.</summary>
    private sealed class MergedCursor : SortCursor
    {
        private readonly PriorityQueue<Head, Head> _heads;
        private readonly SortOrder _order;
        private Head? _current;

        public MergedCursor(RunCursor[] runs, SortOrder order)
        {
            _order = order;
            _heads = new PriorityQueue<Head, Head>(runs.Length, Comparer<Head>.Create(Compare));
            for (int i = 0; i < runs.Length; i++)
            {
                var head = new Head(runs[i], i);
                if (head.MoveNext())
                    _heads.Enqueue(head, head);
            }
        }

        public override ReadOnlySpan<byte> Item => _current!.Cursor.Item;

        public override bool MoveNext()
        {
            bool hasMore = _current?.MoveNext() == true;
            if (_heads.Count == 0)
                return hasMore;

            _current = hasMore ? _heads.EnqueueDequeue(_current!, _current!) : _heads.Dequeue();
            return true;
        }

        private int Compare(Head left, Head right)
        {
            if (!_order.TryCompare(left.Entry, right.Entry, out int order))
                order = _order.Compare(left.Cursor.Item, right.Cursor.Item);
            return order != 0 ? order : left.Place.CompareTo(right.Place);
        }

        private sealed class Head(RunCursor cursor, int place)
        {
            public RunCursor Cursor => cursor;

            public int Place => place;

            public SortEntry Entry { get; private set; }

            public bool MoveNext()
            {
                if (!cursor.MoveNext())
                    return false;

                Entry = cursor.Entry;
                return true;
            }
        }
    }
}
