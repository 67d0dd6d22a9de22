using Microsoft.AspNetCore.Http;

namespace Rlm.Server.Protocol;

/// <summary>Reads the body of a request.</summary>
internal static class RequestBody
{
    private const int FirstBytes = 64 * 1024;

    /// <summary>Reads all of it. The memory grows with what has come, whatever length was announced.</summary>
    /// <exception cref="ApiException">It is larger than the server takes.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long mostBytes, CancellationToken cancellationToken)
    {
        mostBytes = Math.Min(mostBytes, Array.MaxLength);
        if (request.ContentLength > mostBytes)
            throw ApiException.TooLarge(mostBytes);

        byte[] bytes = new byte[Math.Min(request.ContentLength ?? FirstBytes, FirstBytes)];
        int count = 0;
        try
        {
            while (true)
            {
                if (count == bytes.Length)
                {
                    // One more than announced, to see the end.
                    long next = Math.Min(Math.Max(2L * bytes.Length, FirstBytes), (request.ContentLength ?? mostBytes) + 1);
                    if (next <= count)
                        break;
                    Array.Resize(ref bytes, (int)Math.Min(next, Array.MaxLength));
                }

                int read = await request.Body.ReadAsync(bytes.AsMemory(count), cancellationToken).ConfigureAwait(false);
                if (read == 0)
                    break;
                count += read;
                if (count > mostBytes)
                    throw ApiException.TooLarge(mostBytes);
            }
        }
        catch (BadHttpRequestException exception) when (exception.StatusCode == StatusCodes.Status413PayloadTooLarge)
        {
            throw ApiException.TooLarge(mostBytes);
        }

        return bytes.AsMemory(0, count);
    }
}
