using System.Threading.Channels;

namespace Rlm.Cli.Tests.JsonRpc;

/// <summary>What is typed into it can be read, and then what is typed next.</summary>
internal sealed class TypedInput : MemoryStream
{
    private readonly Channel<byte[]> _typed = Channel.CreateUnbounded<byte[]>();
    private ReadOnlyMemory<byte> _left;

    public void Add(byte[] bytes) => _typed.Writer.TryWrite(bytes);

    public void End() => _typed.Writer.TryComplete();

    public override async ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
    {
        while (_left.Length == 0)
        {
            if (!await _typed.Reader.WaitToReadAsync(cancellationToken))
                return 0;
            _typed.Reader.TryRead(out byte[]? bytes);
            _left = bytes;
        }

        int count = Math.Min(buffer.Length, _left.Length);
        _left[..count].CopyTo(buffer);
        _left = _left[count..];
        return count;
    }
}
