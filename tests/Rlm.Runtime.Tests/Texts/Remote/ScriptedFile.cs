using System.Collections.Concurrent;

namespace Rlm.Runtime.Tests.Texts.Remote;

/// <summary>A file that is elsewhere: it tells what was asked of it, and waits or fails where a test says so.</summary>
internal sealed class ScriptedFile(byte[] bytes, string name = "far.log") : IRlmRemoteFile
{
    private const int PieceBytes = 100_000;

    public string Name => name;

    public string Path => $"far://{name}";

    public long LengthBytes => bytes.Length;

    public DateTime? ModifiedUtc => null;

    public string State { get; init; } = "1";

    /// <summary>The stretches that were asked for.</summary>
    public ConcurrentQueue<(long Offset, long Length)> Stretches { get; } = new();

    /// <summary>Called before a piece is given, with where it begins.</summary>
    public Action<long, CancellationToken> Before { get; set; } = static (_, _) => { };

    public void Read(long offset, long length, Action<ReadOnlySpan<byte>> take, CancellationToken cancellationToken)
    {
        Stretches.Enqueue((offset, length));
        for (long at = offset; at < offset + length; at += PieceBytes)
        {
            Before(at, cancellationToken);
            take(bytes.AsSpan((int)at, (int)Math.Min(PieceBytes, offset + length - at)));
        }
    }
}
