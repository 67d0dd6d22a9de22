using Microsoft.AspNetCore.Http;

namespace Rlm.Server.Protocol;

/// <summary>Reads the body of a request.</summary>
internal static class RequestBody
{
    private const int FirstBytes = 64 * 1024, Growth = 16;

    /// <summary>Reads all of it. The memory grows with what has come, whatever length was announced.</summary>
    /// <exception cref="ApiException">It is larger than the server takes.</exception>
    public static async Task<ReadOnlyMemory<byte>> ReadAsync(HttpRequest request, long mostBytes, CancellationToken cancellationToken)
    {
        mostBytes = Math.Min(mostBytes, Array.MaxLength - 1);
        if (request.ContentLength > mostBytes)
            throw ApiException.TooLarge(mostBytes);

        byte[] bytes = GC.AllocateUninitializedArray<byte>((int)Math.Min(request.ContentLength + 1 ?? FirstBytes, FirstBytes));
        int count = 0;
        try
        {
            while (true)
            {
                if (count == bytes.Length)
                {
                    // One more than announced, to see the end. What is not announced grows by less, since nobody knows how much it wants.
                    byte[] larger = GC.AllocateUninitializedArray<byte>((int)(request.ContentLength is { } announced
                        ? Math.Min((long)Growth * bytes.Length, announced + 1)
                        : Math.Min(2L * bytes.Length, mostBytes + 1)));
                    bytes.AsSpan(0, count).CopyTo(larger);
                    bytes = larger;
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
