using System.Buffers;
using System.IO.Hashing;
using System.Text;
using System.Text.Json;

namespace Rlm.Runtime.Journal;

/// <summary>What a journal keeps of a context: enough to see that it changed, and nothing of its text.</summary>
/// <param name="Name">The variable.</param>
/// <param name="Texts">How many texts it has.</param>
/// <param name="Bytes">Their length together, of a text that is made of a file the file's.</param>
/// <param name="Hash">XxHash128 over the names, lengths and bytes.</param>
/// <param name="IsWhole">Whether every byte went into the hash; else blocks of each text, and the time of its last change, or what a store tells
/// of it.</param>
internal sealed record ContextMark(string Name, int Texts, long Bytes, string Hash, bool IsWhole) : IJournalEntry
{
    private const long MaxWholeBytes = 64L << 20;
    private const int BlockBytes = 64 * 1024;
    private const int BlocksOfOne = 64, BlocksOfMany = 2;

    public string Kind => "context";

    public TimeSpan? At => null;

    public static ContextMark Of(RlmVariable variable)
    {
        var sources = variable.Sources.Select(BytesOf).ToList();
        long bytes = sources.Sum(LengthOf);
        bool isWhole = bytes <= MaxWholeBytes;
        var hash = new XxHash128();
        byte[] buffer = ArrayPool<byte>.Shared.Rent(BlockBytes);
        try
        {
            int blocks = isWhole ? int.MaxValue : sources.Count == 1 ? BlocksOfOne : BlocksOfMany;
            for (int i = 0; i < sources.Count; i++)
            {
                hash.Append(Encoding.UTF8.GetBytes(variable.Sources[i].MadeOf?.Reader ?? ""));
                Append(hash, sources[i], blocks, buffer.AsSpan(0, BlockBytes));
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }

        return new(variable.Name, sources.Count, bytes, Convert.ToHexStringLower(hash.GetCurrentHash()), isWhole && sources.TrueForAll(source => source.State is null));
    }

    public void Write(Utf8JsonWriter writer)
    {
        writer.WriteString("name", Name);
        writer.WriteNumber("texts", Texts);
        writer.WriteNumber("bytes", Bytes);
        writer.WriteString("hash", Hash);
        writer.WriteBoolean("whole", IsWhole);
    }

    public static ContextMark Read(JsonElement entry) => new(
        entry.GetProperty("name").GetString()!, entry.GetProperty("texts").GetInt32(), entry.GetProperty("bytes").GetInt64(),
        entry.GetProperty("hash").GetString()!, entry.GetProperty("whole").GetBoolean());

    /// <summary>The bytes that show whether a text changed: of one that is made of a file those of the file, which need not be read for that.</summary>
    private static TextSource BytesOf(TextSource source) =>
        source is { State: null, MadeOf: { } made } ? made.File.OpenBytes() : source;

    /// <summary>The length of what is marked; a text that tells its state is not read for it.</summary>
    private static long LengthOf(TextSource source) => source.State is null ? source.LengthBytes : source.FileBytes;

    private static void Append(XxHash128 hash, TextSource source, int maxBlocks, Span<byte> buffer)
    {
        hash.Append(Encoding.UTF8.GetBytes(source.Name));
        hash.Append([0]);
        hash.Append(BitConverter.GetBytes(LengthOf(source)));
        if (source.State is { } state)
        {
            hash.Append(Encoding.UTF8.GetBytes(state));
            return;
        }

        long blocks = (source.LengthBytes + BlockBytes - 1) / BlockBytes, read = Math.Min(blocks, maxBlocks);
        if (read < blocks)
            hash.Append(BitConverter.GetBytes(source.ModifiedUtc?.Ticks ?? 0));
        for (long i = 0; i < read; i++)
        {
            // Evenly spread, the first and the last among them.
            long start = (read == blocks ? i : i * (blocks - 1) / (read - 1)) * BlockBytes;
            var block = buffer[..(int)Math.Min(BlockBytes, source.LengthBytes - start)];
            source.Read(start, block);
            hash.Append(block);
        }
    }
}
