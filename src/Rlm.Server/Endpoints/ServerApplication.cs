using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.Extensions.Logging;
using Rlm.Server.Access;
using Rlm.Server.Measures;
using Rlm.Server.Protocol;
using Rlm.Server.Telemetry;

namespace Rlm.Server.Endpoints;

/// <summary>Takes each request to its endpoint, and turns every failure into an error of the protocol.</summary>
/// <param name="guard">Keeps web pages away.</param>
/// <param name="tokens">Who may ask.</param>
/// <param name="metrics">Counts requests.</param>
/// <param name="log">Told of requests and of what failed.</param>
internal sealed class ServerApplication(OriginGuard guard, ApiTokens tokens, ServerMetrics metrics, ILogger log) : IHttpApplication<HttpContext>
{
    private const int ClientLeft = 499;

    private readonly TaskCompletionSource _idle = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int _underWay;

    /// <summary>The endpoints.</summary>
    public required IReadOnlyList<ServerEndpoint> Endpoints { get; init; }

    /// <summary>Whether the server takes no more work.</summary>
    public bool IsStopping { get; private set; }

    public HttpContext CreateContext(IFeatureCollection contextFeatures) => new DefaultHttpContext(contextFeatures);

    public void DisposeContext(HttpContext context, Exception? exception)
    {
    }

    public async Task ProcessRequestAsync(HttpContext context)
    {
        long startedAt = Stopwatch.GetTimestamp();
        string path = "other", caller = "";
        bool isWork = true;
        Activity? span = null;
        int code;
        metrics.BeginRequest();
        Interlocked.Increment(ref _underWay);
        try
        {
            guard.Check(context.Request);
            var endpoint = Find(context.Request);
            (path, isWork) = (endpoint.Path, endpoint.IsWork);
            span = isWork ? RequestSpan.Begin(context.Request, path) : null;
            if (isWork && IsStopping)
                throw ApiException.Stopping();
            var from = endpoint.NeedsToken ? tokens.Find(context.Request, endpoint.IsForBrowsers) : null;
            caller = from?.Name ?? "";
            await endpoint.HandleAsync(context, from).ConfigureAwait(false);
            code = context.Response.StatusCode;
        }
        catch (Exception exception)
        {
            code = await FailAsync(context, exception).ConfigureAwait(false);
        }

        var time = Stopwatch.GetElapsedTime(startedAt);
        RequestSpan.End(span, code);
        metrics.EndRequest(context.Request.Method, path, code, isWork ? time : null);
        double seconds = Math.Round(time.TotalSeconds, 3);
        // Probes and pages would drown what is asked for.
        ServerLog.RequestEnded(log, isWork || code >= 400 ? LogLevel.Information : LogLevel.Debug, context.Request.Method, context.Request.Path.Value ?? "", code, seconds, caller);
        if (Interlocked.Decrement(ref _underWay) == 0 && IsStopping)
            _idle.TrySetResult();
    }

    /// <summary>Takes no more work from here on.</summary>
    public void Stop() => IsStopping = true;

    /// <summary>Waits until no request is under way.</summary>
    public Task DrainAsync() => Volatile.Read(ref _underWay) == 0 ? Task.CompletedTask : _idle.Task;

    private ServerEndpoint Find(HttpRequest request)
    {
        var there = Endpoints.Where(endpoint => endpoint.Matches(request.Path.Value ?? "")).ToList();
        if (there.Count == 0)
        {
            throw ApiException.NotFound(
                $"There is no {request.Path}: there are {string.Join(", ", Endpoints.Select(endpoint => endpoint.Path))}.", "not_found");
        }

        return there.FirstOrDefault(endpoint => endpoint.Method == request.Method)
            ?? throw new ApiException(405, "invalid_request_error", "method_not_allowed", $"{request.Path} takes {there[0].Method}.");
    }

    private async Task<int> FailAsync(HttpContext context, Exception exception)
    {
        if (context.RequestAborted.IsCancellationRequested)
            return ClientLeft;

        var error = ApiErrors.Of(exception);
        if (error.Code == "internal_error")
            ServerLog.ServerFailed(log, exception.GetType().Name, exception.Message);
        if (context.Response.HasStarted)
        {
            // The reply ends in its midst, which the client sees.
            context.Abort();
            return error.Status;
        }

        try
        {
            context.Response.Clear();
            await HttpReply.SendAsync(context, error).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or IOException)
        {
            return ClientLeft;
        }

        return error.Status;
    }
}
