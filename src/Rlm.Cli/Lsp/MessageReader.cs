using System.Text;
using Rlm.Cli.JsonRpc;

namespace Rlm.Cli.Lsp;

/// <summary>Reads messages from a stream: each a header that says how many bytes follow it.</summary>
/// <param name="input">The stream.</param>
/// <param name="maxBytes">Most bytes of a message; a longer one is passed over.</param>
internal sealed class MessageReader(Stream input, int maxBytes = MessageReader.MaxBytes)
{
    private const int MaxBytes = 64 * 1024 * 1024, MaxHeaderChars = 4 * 1024;
    private const string LengthHeader = "Content-Length";

    private readonly byte[] _buffer = new byte[16 * 1024];
    private int _start, _end;

    /// <summary>The next message's bytes; null at the stream's end.</summary>
    /// <exception cref="RpcException">The message is too long; the next one can be read.</exception>
    /// <exception cref="InvalidDataException">Nobody knows where the next message begins, or the stream ends within one.</exception>
    public async Task<byte[]?> ReadAsync(CancellationToken cancellationToken)
    {
        if (await ReadLengthAsync(cancellationToken).ConfigureAwait(false) is not { } length)
            return null;

        byte[] body = new byte[Math.Min(length, maxBytes)];
        await ReadExactlyAsync(body, cancellationToken).ConfigureAwait(false);
        if (length <= maxBytes)
            return body;

        for (long left = length - maxBytes; left > 0; left -= Math.Min(left, body.Length))
            await ReadExactlyAsync(body.AsMemory(0, (int)Math.Min(left, body.Length)), cancellationToken).ConfigureAwait(false);
        throw new RpcException(RpcException.InvalidRequest, Invariant($"the message has {length:N0} bytes; {maxBytes:N0} are allowed"));
    }

    /// <summary>Reads the lines of a header up to the empty one.</summary>
    private async Task<long?> ReadLengthAsync(CancellationToken cancellationToken)
    {
        long? length = null;
        for (int chars = 0, lines = 0; ; lines++)
        {
            string? line = await ReadLineAsync(cancellationToken).ConfigureAwait(false);
            if (line is null)
                return lines == 0 ? null : throw EndedWithin();
            if (line.Length == 0)
                return length ?? throw new InvalidDataException($"a message has no `{LengthHeader}`");

            chars += line.Length;
            if (chars > MaxHeaderChars)
                throw new InvalidDataException("a message's header has no end");
            string[] parts = line.Split(':', 2, StringSplitOptions.TrimEntries);
            if (!string.Equals(parts[0], LengthHeader, StringComparison.OrdinalIgnoreCase))
                continue;
            length = parts.Length == 2 && long.TryParse(parts[1], System.Globalization.NumberStyles.None, null, out long read) ? read
                : throw new InvalidDataException($"`{line}` is not a number of bytes");
        }
    }

    /// <summary>A line without its end, cut where it is far too long; null at the stream's end.</summary>
    private async Task<string?> ReadLineAsync(CancellationToken cancellationToken)
    {
        var line = new StringBuilder();
        while (line.Length <= MaxHeaderChars)
        {
            if (_start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
                return line.Length == 0 ? null : throw EndedWithin();

            char c = (char)_buffer[_start++];
            if (c == '\n')
                return line.ToString().TrimEnd('\r');
            line.Append(c);
        }

        return line.ToString();
    }

    private async Task ReadExactlyAsync(Memory<byte> bytes, CancellationToken cancellationToken)
    {
        while (bytes.Length > 0)
        {
            if (_start == _end && !await FillAsync(cancellationToken).ConfigureAwait(false))
                throw EndedWithin();

            int count = Math.Min(bytes.Length, _end - _start);
            _buffer.AsMemory(_start, count).CopyTo(bytes);
            _start += count;
            bytes = bytes[count..];
        }
    }

    private async Task<bool> FillAsync(CancellationToken cancellationToken)
    {
        (_start, _end) = (0, await input.ReadAsync(_buffer, cancellationToken).ConfigureAwait(false));
        return _end > 0;
    }

    private static InvalidDataException EndedWithin() => new("the input ended within a message");
}
