using System.Buffers.Binary;
using System.Text;

namespace Rlm.Files.Databases;

/// <summary>The pages of an SQLite file, which is held whole. https://www.sqlite.org/fileformat2.html says how they lie.</summary>
internal sealed class DatabaseFile
{
    private const int HeaderBytes = 100;
    private const int MinPageBytes = 512;
    private const int MinUsableBytes = 480;
    private const int MaxBytes = 768 << 20;

    private readonly List<byte[]> _pages = [];
    private readonly int _pageBytes;

    private DatabaseFile(byte[] header)
    {
        int size = BinaryPrimitives.ReadUInt16BigEndian(header.AsSpan(16));
        _pageBytes = size == 1 ? ushort.MaxValue + 1 : size;
        UsableBytes = _pageBytes - header[20];
        HasLog = header[18] == 2 || header[19] == 2;
        PageCount = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(24)) == BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(92))
            ? BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(28)) : 0;
        uint encoding = BinaryPrimitives.ReadUInt32BigEndian(header.AsSpan(56));
        Encoding = encoding switch
        {
            0 or 1 => new UTF8Encoding(false, throwOnInvalidBytes: true),
            2 => new UnicodeEncoding(bigEndian: false, byteOrderMark: false, throwOnInvalidBytes: true),
            3 => new UnicodeEncoding(bigEndian: true, byteOrderMark: false, throwOnInvalidBytes: true),
            _ => throw new InvalidDataException("its header is damaged: there is no such encoding"),
        };
        if (_pageBytes < MinPageBytes || (_pageBytes & (_pageBytes - 1)) != 0 || UsableBytes < MinUsableBytes)
            throw new InvalidDataException("its header is damaged: there is no such size of a page");
    }

    /// <summary>What texts are in; throws where one is not.</summary>
    public Encoding Encoding { get; }

    /// <summary>How much of a page holds data.</summary>
    public int UsableBytes { get; }

    /// <summary>Whether what was written last may stand in a file beside it.</summary>
    public bool HasLog { get; }

    /// <summary>How many pages there should be; 0 where the file does not say.</summary>
    public long PageCount { get; }

    /// <summary>How many there are.</summary>
    public int HeldPages => _pages.Count;

    /// <summary>How many bytes all pages have.</summary>
    public long Length => (long)_pages.Count * _pageBytes;

    /// <exception cref="InvalidDataException">The file is damaged, or too large.</exception>
    public static DatabaseFile Read(Stream stream)
    {
        byte[] header = new byte[HeaderBytes];
        if (stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false) < HeaderBytes)
            throw new InvalidDataException("it ends inside its header; fetch it again");

        var file = new DatabaseFile(header);
        byte[] page = new byte[file._pageBytes];
        header.CopyTo(page, 0);
        int start = HeaderBytes;
        while (stream.ReadAtLeast(page.AsSpan(start), page.Length - start, throwOnEndOfStream: false) == page.Length - start)
        {
            file._pages.Add(page);
            if (file.Length > MaxBytes)
            {
                throw new InvalidDataException(
                    "it is larger than 768 MiB; give rows of it, as with "
                    + "`sqlite3 -header -csv FILE \"select * from TABLE\" | rlm … -c -`");
            }

            page = new byte[file._pageBytes];
            start = 0;
        }

        return file;
    }

    /// <summary>A page, counted from 1.</summary>
    /// <exception cref="InvalidDataException">There is none of that number.</exception>
    public ReadOnlySpan<byte> FindPage(long number) => number >= 1 && number <= _pages.Count
        ? _pages[(int)number - 1].AsSpan(0, UsableBytes)
        : throw new InvalidDataException(Invariant($"page {number:N0} is missing"));
}
