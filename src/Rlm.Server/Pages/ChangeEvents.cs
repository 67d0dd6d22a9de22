using Microsoft.AspNetCore.Http;
using Rlm.Server.Protocol;

namespace Rlm.Server.Pages;

/// <summary>Tells pages that listen when what they show is new, as server-sent events.</summary>
/// <param name="pages">What wrote them.</param>
/// <param name="time">The clock.</param>
/// <param name="stopping">Ends all that listen.</param>
internal sealed class ChangeEvents(PageWriter pages, TimeProvider time, CancellationToken stopping)
{
    private const int MostListeners = 200;

    private static readonly TimeSpan Least = TimeSpan.FromSeconds(1), Most = TimeSpan.FromSeconds(30), Silence = TimeSpan.FromSeconds(10);

    private int _listeners;

    /// <summary>Tells a page whenever a version is another one, until it is over, the page is closed or the server stops.</summary>
    /// <param name="context">The page's request.</param>
    /// <param name="version">Gives the version of what is shown.</param>
    /// <param name="isOver">Whether there will be no other.</param>
    public async Task TellAsync(HttpContext context, Func<string> version, Func<bool> isOver)
    {
        if (Interlocked.Increment(ref _listeners) > MostListeners)
        {
            Interlocked.Decrement(ref _listeners);
            throw ApiException.Busy($"{MostListeners} pages listen, as many as may.", "too_many_pages", Most);
        }

        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted, stopping);
        try
        {
            PageWriter.SetHead(context.Response, "text/event-stream");
            await TellAsync(context.Response, version, isOver, ended.Token).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (ended.IsCancellationRequested)
        {
            // The page was closed, or the server stops.
        }
        finally
        {
            Interlocked.Decrement(ref _listeners);
        }
    }

    private async Task TellAsync(HttpResponse response, Func<string> version, Func<bool> isOver, CancellationToken cancellationToken)
    {
        string? last = null;
        var silentFor = TimeSpan.Zero;
        while (true)
        {
            // Asked before the version, so that what was written last is told.
            bool isLast = isOver();
            string now = version(), told = isLast ? "event: over\ndata: 1\n\n" : now != last ? "event: change\ndata: 1\n\n" : silentFor >= Silence ? ":\n\n" : "";
            if (told.Length > 0)
            {
                await response.WriteAsync(told, cancellationToken).ConfigureAwait(false);
                await response.Body.FlushAsync(cancellationToken).ConfigureAwait(false);
                silentFor = TimeSpan.Zero;
            }

            if (isLast)
                return;

            last = now;
            // What a page shows costs a tenth of the time at most.
            var wait = TimeSpan.FromTicks(Math.Clamp(pages.LastTook.Ticks * 10, Least.Ticks, Most.Ticks));
            silentFor += wait;
            await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }
}
