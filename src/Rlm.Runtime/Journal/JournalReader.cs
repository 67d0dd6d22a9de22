using System.Globalization;
using System.Text;
using System.Text.Json;
using Rlm.Runtime.Rendering;

namespace Rlm.Runtime.Journal;

/// <summary>Reads the lines of a journal in order, and takes only those that are as they were written.</summary>
/// <remarks>
/// What follows the last line end was torn by a kill. A line whose checksum or number does not fit is damaged, doubled or out of
/// its place, and is told by its number.
/// </remarks>
internal sealed class JournalReader(string path)
{
    public const string Format = "rlm-journal";
    public const int FormatVersion = 3;

    /// <summary>The last version that wrote neither checksums nor numbers.</summary>
    private const int UnsealedVersion = 2;
    private const int MaxHeadBytes = 64 * 1024;
    private const int MaxTold = 10;

    private readonly List<long> _damaged = [];
    private int _version;
    private long _lines;
    private long _damagedInARow;

    /// <summary>Bytes up to the end of the last whole line; 0 where not even the head was written.</summary>
    public long WholeBytes { get; private set; }

    /// <summary>The number of the last line.</summary>
    public long LastNumber { get; private set; }

    /// <summary>The lines of the file, from 1, that are not as they were written, or before which some are missing.</summary>
    public IReadOnlyList<long> Damaged => _damaged;

    /// <summary>The same in words; null where there are none.</summary>
    public string? Damage
    {
        get
        {
            if (_damaged.Count == 0)
                return null;

            string lines = string.Join(", ", _damaged.Take(MaxTold)) + (_damaged.Count > MaxTold ? " …" : "");
            return $"{Amount.Agree(_damaged.Count, "{line|lines}")} {lines} of the journal `{path}` {Amount.Agree(_damaged.Count, "{is|are}")} damaged, doubled, or behind missing ones";
        }
    }

    /// <summary>The entries behind the head that this version knows, each with its line; one that is none after all is damaged.</summary>
    /// <exception cref="IOException">The file cannot be read or is not a journal of a version that this rlm reads.</exception>
    public IEnumerable<(IJournalEntry Entry, JsonElement Line)> ReadEntries()
    {
        foreach (var line in Read())
        {
            if (TryRead(line.RootElement) is { } entry)
                yield return (entry, line.RootElement);
        }
    }

    private IJournalEntry? TryRead(JsonElement line)
    {
        try
        {
            return JournalEntries.Read(line);
        }
        catch (Exception exception) when (exception is KeyNotFoundException or InvalidOperationException or FormatException
            or ArgumentException)
        {
            // Of the version without checksums.
            _damaged.Add(_lines);
            return null;
        }
    }

    /// <summary>The entries behind the head.</summary>
    /// <exception cref="IOException">The file cannot be read or is not a journal of a version that this rlm reads.</exception>
    private IEnumerable<JsonDocument> Read()
    {
        using var file = new FileStream(
            JournalTarget.Resolve(path), FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, 64 * 1024);
        var line = new MemoryStream();
        byte[] block = new byte[64 * 1024];
        for (int count; (count = file.Read(block)) > 0;)
        {
            int start = 0;
            for (int end; (end = Array.IndexOf(block, (byte)'\n', start, count - start)) >= 0; start = end + 1)
            {
                line.Write(block, start, end - start);
                WholeBytes += line.Length + 1;
                using var entry = Take(line.ToArray());
                line.SetLength(0);
                if (entry is not null)
                    yield return entry;
            }

            line.Write(block, start, count - start);
            // Foreign files may be large and of one line: only so much of them is read as a head may have.
            if (_lines == 0 && line.Length > MaxHeadBytes)
                break;
        }

        if (_lines == 0 && !IsTornHead(line.GetBuffer().AsSpan(0, (int)line.Length)))
            throw MakeForeignFileError();
    }

    private JsonDocument? Take(byte[] line)
    {
        _lines++;
        bool? isWhole = JournalLine.IsWhole(line);
        // Nothing is looked at of a line that is damaged: it may not even be text.
        var entry = isWhole == false ? null : TryParse(line);
        if (_lines == 1)
        {
            RequireHead(entry?.RootElement, isWhole);
            LastNumber = 1;
            return null;
        }

        long number = entry is null ? 0
            : isWhole == true ? JournalLine.NumberOf(entry.RootElement) ?? 0
            : _version == UnsealedVersion ? LastNumber + 1
            : 0;
        bool isTaken = entry is not null && number > LastNumber;
        if (!isTaken || number > LastNumber + 1 + _damagedInARow)
            _damaged.Add(_lines);
        _damagedInARow = isTaken ? 0 : _damagedInARow + 1;
        LastNumber = isTaken ? number : LastNumber;
        return isTaken ? entry : null;
    }

    private static JsonDocument? TryParse(byte[] line)
    {
        try
        {
            var entry = JsonDocument.Parse(line);
            return entry.RootElement.ValueKind == JsonValueKind.Object ? entry : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private void RequireHead(JsonElement? head, bool? isWhole)
    {
        if (isWhole == false)
            throw MakeDamagedHeadError();

        string? format = TextOf(head, "format"), version = TextOf(head, "formatVersion");
        if (format is null || !format.StartsWith(Format, StringComparison.Ordinal))
            throw MakeForeignFileError();

        // The first format had its version in its name.
        version ??= format.Replace(Format + "-", "", StringComparison.Ordinal);
        if (!int.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out _version)
            || _version is < UnsealedVersion or > FormatVersion)
            throw new IOException(
                $"the journal `{path}` has format version {version} and this rlm reads {UnsealedVersion} and {FormatVersion}; use the rlm that wrote it, or start a new journal");
        if (isWhole is null && _version != UnsealedVersion)
            throw MakeDamagedHeadError();
    }

    private static string? TextOf(JsonElement? head, string field)
    {
        try
        {
            return head is { } entry && entry.TryGetProperty(field, out var value) ? value.ToString() : null;
        }
        catch (InvalidOperationException)
        {
            // Bytes that are not UTF-8.
            return null;
        }
    }

    /// <summary>Whether a process was killed before it had written the head.</summary>
    private static bool IsTornHead(ReadOnlySpan<byte> content)
    {
        var opens = Encoding.ASCII.GetBytes($"{{\"format\":\"{Format}\"").AsSpan();
        return content.Length < opens.Length ? opens.StartsWith(content) : content.StartsWith(opens);
    }

    private IOException MakeDamagedHeadError() =>
        new($"line 1 of the journal `{path}`, which says what the others are, is damaged; bring back a copy of the file, or start a new journal");

    private IOException MakeForeignFileError() => new($"`{path}` is not a journal of rlm");
}
