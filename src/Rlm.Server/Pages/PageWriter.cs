using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Rlm.Server.Pages;

/// <summary>Sends pages. One of many calls takes a second of a processor: one at a time leaves the others to runs.</summary>
internal sealed class PageWriter : IDisposable
{
    private readonly SemaphoreSlim _place = new(1, 1);
    private long _lastTicks;

    /// <summary>What it took to write the last one.</summary>
    public TimeSpan LastTook => TimeSpan.FromTicks(Interlocked.Read(ref _lastTicks));

    /// <summary>Sends what is written. Pages quote the texts of runs: nobody keeps them on the way, and no other page frames them.</summary>
    /// <param name="context">The request.</param>
    /// <param name="type">The media type.</param>
    /// <param name="write">Writes it.</param>
    public async Task SendAsync(HttpContext context, string type, Action<Stream> write)
    {
        using var output = new MemoryStream();
        await _place.WaitAsync(context.RequestAborted).ConfigureAwait(false);
        try
        {
            long startedAt = Stopwatch.GetTimestamp();
            await Task.Run(() => write(output), CancellationToken.None).ConfigureAwait(false);
            Interlocked.Exchange(ref _lastTicks, Stopwatch.GetElapsedTime(startedAt).Ticks);
        }
        finally
        {
            _place.Release();
        }

        SetHead(context.Response, type);
        context.Response.ContentLength = output.Length;
        output.Position = 0;
        await output.CopyToAsync(context.Response.Body, context.RequestAborted).ConfigureAwait(false);
    }

    public void Dispose() => _place.Dispose();

    /// <summary>Sets what every page and all that belongs to one is sent with.</summary>
    public static void SetHead(HttpResponse response, string type)
    {
        response.ContentType = type;
        response.Headers.CacheControl = "no-store";
        response.Headers.XContentTypeOptions = "nosniff";
        response.Headers.XFrameOptions = "DENY";
        response.Headers["Cross-Origin-Resource-Policy"] = "same-origin";
    }
}
