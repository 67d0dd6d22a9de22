using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace Rlm.Testing;

/// <summary>Reads HTTP/1.1 requests with a Content-Length from one kept-alive connection.</summary>
internal sealed class LoopbackConnection(Socket socket)
{
    private byte[] _buffer = new byte[8 * 1024];
    private int _start, _end;

    /// <summary>The next request, or null when the client has hung up.</summary>
    public async ValueTask<LoopbackRequest?> ReadAsync(Func<string, string, int> nextIndex, CancellationToken cancellationToken)
    {
        int head;
        while ((head = Unread.IndexOf("\r\n\r\n"u8)) < 0)
        {
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
                return null;
        }

        string[] lines = Encoding.Latin1.GetString(Unread[..head]).Split("\r\n");
        _start += head + 4;
        string[] first = lines[0].Split(' ');
        var headers = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
        foreach (string line in lines.AsSpan(1))
        {
            int colon = line.IndexOf(':', StringComparison.Ordinal);
            headers[line[..colon]] = line[(colon + 1)..].Trim();
        }

        int length = headers.TryGetValue("Content-Length", out string? text) ? int.Parse(text, CultureInfo.InvariantCulture) : 0;
        while (_end - _start < length)
        {
            if (!await FillAsync(cancellationToken).ConfigureAwait(false))
                return null;
        }

        string body = Encoding.UTF8.GetString(Unread[..length]);
        _start += length;
        return new(nextIndex(first[0], first[1]), first[0], first[1], headers, body);
    }

    private Span<byte> Unread => _buffer.AsSpan(_start, _end - _start);

    private async ValueTask<bool> FillAsync(CancellationToken cancellationToken)
    {
        if (_start > 0)
        {
            Unread.CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
        }

        if (_end == _buffer.Length)
            Array.Resize(ref _buffer, _buffer.Length * 2);

        int read = await socket.ReceiveAsync(_buffer.AsMemory(_end), cancellationToken).ConfigureAwait(false);
        _end += read;
        return read > 0;
    }
}
