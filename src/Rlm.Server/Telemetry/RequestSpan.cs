using System.Diagnostics;
using Microsoft.AspNetCore.Http;

namespace Rlm.Server.Telemetry;

/// <summary>A request as a span, with the names of OpenTelemetry's conventions for HTTP servers; the parent of the runs that it asks for.</summary>
internal static class RequestSpan
{
    /// <summary>The source's name.</summary>
    public const string Source = "Rlm.Server";

    private static readonly ActivitySource Requests = new(Source);

    /// <summary>Begins one, below the span that the client names; null where nobody listens.</summary>
    public static Activity? Begin(HttpRequest request, string route)
    {
        ActivityContext.TryParse(request.Headers.TraceParent, request.Headers.TraceState, isRemote: true, out var parent);
        return Requests.StartActivity(
            $"{request.Method} {route}", ActivityKind.Server, parent, new TagList { { "http.request.method", request.Method }, { "http.route", route }, { "url.scheme", request.Scheme } });
    }

    /// <summary>Ends it.</summary>
    public static void End(Activity? span, int status)
    {
        if (span is null)
            return;

        span.SetTag("http.response.status_code", status);
        if (status >= 500)
            span.SetStatus(ActivityStatusCode.Error).SetTag("error.type", Invariant($"{status}"));
        span.Dispose();
    }
}
