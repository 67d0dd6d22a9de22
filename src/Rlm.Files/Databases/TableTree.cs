using System.Buffers.Binary;

namespace Rlm.Files.Databases;

/// <summary>Goes through the rows of a table, in the order of their numbers.</summary>
/// <param name="file">The file.</param>
internal sealed class TableTree(DatabaseFile file)
{
    private const int HeaderBytes = 100;
    private const int InnerKind = 5;
    private const int LeafKind = 13;

    private long _payloadBytes;

    /// <param name="root">The page that the table begins at.</param>
    /// <param name="onRow">Gets the number of a row, and its record.</param>
    /// <exception cref="InvalidDataException">What follows is damaged.</exception>
    public void Read(long root, Action<long, byte[]> onRow)
    {
        var seen = new HashSet<long>();
        var open = new Stack<long>([root]);
        while (open.TryPop(out long number))
        {
            if (!seen.Add(number))
                throw new InvalidDataException(Invariant($"page {number:N0} stands in it twice"));

            var page = file.FindPage(number);
            int head = number == 1 ? HeaderBytes : 0;
            int kind = page[head];
            int count = BinaryPrimitives.ReadUInt16BigEndian(page[(head + 3)..]);
            int places = head + (kind == InnerKind ? 12 : 8);
            if (kind is not (InnerKind or LeafKind) || places + (2 * count) > page.Length)
                throw new InvalidDataException(Invariant($"page {number:N0} is not of a table"));

            if (kind == InnerKind)
                open.Push(BinaryPrimitives.ReadUInt32BigEndian(page[(head + 8)..]));
            for (int i = 0; i < count; i++)
            {
                // What is pushed last is read first.
                int place = places + (2 * (kind == InnerKind ? count - 1 - i : i));
                int at = BinaryPrimitives.ReadUInt16BigEndian(page[place..]);
                if (at + 4 > page.Length)
                    throw new InvalidDataException(Invariant($"page {number:N0} is damaged"));
                if (kind == InnerKind)
                    open.Push(BinaryPrimitives.ReadUInt32BigEndian(page[at..]));
                else
                    ReadRow(page[at..], onRow);
            }
        }
    }

    private void ReadRow(ReadOnlySpan<byte> cell, Action<long, byte[]> onRow)
    {
        long size = VariableInteger.Read(ref cell), row = VariableInteger.Read(ref cell);
        _payloadBytes += size;

        // Cells that lie about each other would make much of little.
        if (size < 0 || _payloadBytes > file.Length)
            throw new InvalidDataException("its rows are longer than the file");

        int local = LocalBytesOf(size);
        if (cell.Length < local + (local < size ? 4 : 0))
            throw new InvalidDataException(Invariant($"row {row} is cut off"));

        byte[] record = new byte[size];
        cell[..local].CopyTo(record);
        var rest = record.AsSpan(local);
        var next = cell[local..];
        while (rest.Length > 0)
        {
            var page = file.FindPage(BinaryPrimitives.ReadUInt32BigEndian(next));
            int taken = Math.Min(page.Length - 4, rest.Length);
            page.Slice(4, taken).CopyTo(rest);
            rest = rest[taken..];
            next = page;
        }

        onRow(row, record);
    }

    /// <summary>How much of a record stands on the page of its row; the rest is on pages of its own.</summary>
    private int LocalBytesOf(long size)
    {
        int usable = file.UsableBytes, most = usable - 35, least = ((usable - 12) * 32 / 255) - 23;
        if (size <= most)
            return (int)size;

        long local = least + ((size - least) % (usable - 4));
        return (int)(local <= most ? local : least);
    }
}
