using System.IO.Compression;
using System.Xml;

namespace Rlm.Files.Packages;

/// <summary>The parts of a zip file, each checked against its length and checksum while it is read.</summary>
internal sealed class FilePackage : IDisposable
{
    /// <summary>The most bytes that the parts that are read may unpack to.</summary>
    public const long MaxUnpackedBytes = 1L << 30;

    private const int MaxEntries = 20_000;

    private readonly ZipArchive _archive;
    private readonly Dictionary<string, ZipArchiveEntry> _entries = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> _read = new(StringComparer.OrdinalIgnoreCase);
    private long _unpacked;

    private FilePackage(ZipArchive archive) => _archive = archive;

    public IEnumerable<string> Paths => _entries.Keys;

    /// <param name="file">The file, which can seek.</param>
    /// <exception cref="PartException">The zip file is not whole, or has too many parts.</exception>
    public static FilePackage Open(Stream file)
    {
        try
        {
            PartNames.Check(file);
            file.Position = 0;
            var package = new FilePackage(new ZipArchive(file, ZipArchiveMode.Read, leaveOpen: true));
            package.AddEntries();
            return package;
        }
        catch (Exception exception) when (exception is not PartException and (InvalidDataException or IOException or ArgumentException))
        {
            throw new PartException($"it is damaged or cut short ({PartException.ToOneLine(exception)}); fetch it again", exception);
        }
    }

    public bool Has(string path) => _entries.ContainsKey(path);

    /// <summary>Reads a part of XML to its end.</summary>
    /// <param name="path">The part.</param>
    /// <param name="read">Gets it on its root.</param>
    /// <exception cref="PartException">It is missing or damaged.</exception>
    public void ReadXml(string path, Action<PartXml> read) => Read(path, stream =>
    {
        using var xml = new PartXml(stream);
        xml.MoveToRoot();
        read(xml);
        xml.ReadToEnd();
    });

    /// <summary>Reads a part to its end.</summary>
    /// <exception cref="PartException">It is missing or damaged.</exception>
    public void Read(string path, Action<Stream> read)
    {
        if (!_entries.TryGetValue(path, out var entry))
            throw new PartException($"its part {path} is missing");
        if (entry.IsEncrypted)
            throw new PartException("it is encrypted; give a copy without a password");

        try
        {
            // What was read to its end counts once.
            bool isKnown = _read.Contains(path);
            using var stream = new CheckedStream(entry.Open(), entry.Length, entry.Crc32, bytes => Count(isKnown ? 0 : bytes));
            read(stream);
            stream.ReadToEnd();
            _read.Add(path);
        }
        catch (Exception exception) when (exception is not PartException
            and (XmlException or InvalidDataException or IOException or NotSupportedException))
        {
            throw new PartException($"its part {path} is damaged ({PartException.ToOneLine(exception)})", exception);
        }
    }

    public void Dispose() => _archive.Dispose();

    private void AddEntries()
    {
        if (_archive.Entries.Count > MaxEntries)
            throw new PartException(Invariant($"it has {_archive.Entries.Count:N0} parts, and {MaxEntries:N0} are the most that is read"));

        foreach (var entry in _archive.Entries)
        {
            // Of two parts with one name others may read the other one.
            string path = entry.FullName.Replace('\\', '/').TrimStart('/');
            if (!path.EndsWith('/') && !_entries.TryAdd(path, entry))
                throw new PartException($"it has two parts {PartException.ToOneLine(path)}");
        }
    }

    private void Count(int bytes)
    {
        if ((_unpacked += bytes) > MaxUnpackedBytes)
            throw new PartException("it unpacks to more than 1 GiB, which is the most that is read");
    }
}
