namespace Rlm.Cli.Tests.JsonRpc;

/// <summary>A stream that gives a few bytes at a time.</summary>
internal sealed class PieceStream(byte[] bytes, int size) : MemoryStream(bytes)
{
    public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default) =>
        base.ReadAsync(buffer[..Math.Min(size, buffer.Length)], cancellationToken);
}
