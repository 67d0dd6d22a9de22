using System.Buffers;
using System.Text.Json;

namespace Rlm.Server.Answers;

/// <summary>Reads what a reply used while it passes; what it does not tell is estimated from its length.</summary>
/// <param name="isStream">Whether the reply is a stream of events.</param>
internal sealed class UsageReader(bool isStream)
{
    /// <summary>About as many bytes of a request or reply are a token.</summary>
    public const int BytesPerToken = 4;

    private const int MostBytes = 16 << 20;

    private readonly ArrayBufferWriter<byte> _kept = new();
    private (long Input, long Output, long Cached)? _told;
    private long _bytes, _events;

    /// <summary>Takes a part of the reply.</summary>
    public void Add(ReadOnlySpan<byte> part)
    {
        _bytes += part.Length;
        while (isStream && part.IndexOf((byte)'\n') is >= 0 and var end)
        {
            Keep(part[..end]);
            ReadEvent();
            _kept.ResetWrittenCount();
            part = part[(end + 1)..];
        }

        Keep(part);
    }

    /// <summary>What was used, once the reply is over.</summary>
    /// <param name="promptBytes">The length of the request.</param>
    public (long Input, long Output, long Cached) Find(long promptBytes)
    {
        Read(_kept.WrittenSpan);
        return _told ?? (promptBytes / BytesPerToken, isStream ? _events : _bytes / BytesPerToken, 0);
    }

    private void Keep(ReadOnlySpan<byte> part)
    {
        if (_kept.WrittenCount + part.Length <= MostBytes)
            _kept.Write(part);
    }

    private void ReadEvent()
    {
        var line = _kept.WrittenSpan;
        if (!line.StartsWith("data:"u8))
            return;
        _events++;
        if (line.IndexOf("\"usage\""u8) >= 0)
            Read(line[5..]);
    }

    private void Read(ReadOnlySpan<byte> json)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!JsonDocument.TryParseValue(ref reader, out var document))
                return;
            using (document)
            {
                if (FindObject(document.RootElement, "usage") is { } usage)
                {
                    long cached = FindObject(usage, "prompt_tokens_details") is { } details ? ReadCount(details, "cached_tokens") : 0;
                    _told = (ReadCount(usage, "prompt_tokens"), ReadCount(usage, "completion_tokens"), cached);
                }
            }
        }
        catch (JsonException)
        {
            // A reply that is none: whoever asked sees it.
        }
    }

    private static JsonElement? FindObject(JsonElement json, string name) =>
        json.ValueKind == JsonValueKind.Object && json.TryGetProperty(name, out var found) && found.ValueKind == JsonValueKind.Object ? found : null;

    private static long ReadCount(JsonElement usage, string name) =>
        usage.TryGetProperty(name, out var count) && count.ValueKind == JsonValueKind.Number && count.TryGetInt64(out long value)
            ? Math.Max(0, value)
            : 0;
}
