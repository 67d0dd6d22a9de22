namespace Rlm.Cli.JsonRpc;

/// <summary>Reads messages from a stream, each of them a line.</summary>
/// <param name="input">The stream.</param>
/// <param name="maxBytes">Most bytes of a message; a longer one is passed over.</param>
internal sealed class LineReader(Stream input, int maxBytes = LineReader.MaxBytes)
{
    private const int MaxBytes = 4 * 1024 * 1024;

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start, _end;

    /// <summary>The next line that holds anything, without its end; null at the stream's end.</summary>
    /// <exception cref="RpcException">The line is too long; the next one can be read.</exception>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        using var line = new MemoryStream();
        long length = 0;
        while (true)
        {
            if (_start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
                return length == 0 ? null : Take(line, length);

            int end = Array.IndexOf(_buffer, (byte)'\n', _start, _end - _start);
            int count = (end < 0 ? _end : end) - _start;
            length += count;
            if (length <= maxBytes)
                line.Write(_buffer, _start, count);
            _start += count + (end < 0 ? 0 : 1);
            if (end < 0)
                continue;

            byte[] taken = Take(line, length);
            if (taken.AsSpan().ContainsAnyExcept(" \t\r"u8))
                return taken;
            line.SetLength(length = 0);
        }
    }

    private byte[] Take(MemoryStream line, long length) => length <= maxBytes
        ? line.ToArray()
        : throw new RpcException(RpcException.InvalidRequest, Invariant($"the message has {length:N0} bytes; {maxBytes:N0} are allowed"));

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        (_start, _end) = (0, await input.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false));
        return _end > 0;
    }
}
