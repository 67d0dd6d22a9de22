using System.Globalization;
using System.IO.Hashing;
using System.Net.Http.Headers;

namespace Rlm.Providers.Wire;

/// <summary>How long to wait before a call is sent again.</summary>
internal static class RetryDelay
{
    /// <summary>
    /// The doubled first delay less a jitter, and at least what the server asks for; null when the server asks for too long a wait.
    /// </summary>
    /// <param name="options">The bounds.</param>
    /// <param name="attempt">The attempt that failed, from 1.</param>
    /// <param name="retryAfter">What the server asked for.</param>
    /// <param name="request">The request's bytes: the jitter comes from them, so that calls spread and a run repeats.</param>
    public static TimeSpan? Compute(ModelClientOptions options, int attempt, TimeSpan? retryAfter, ReadOnlySpan<byte> request)
    {
        if (retryAfter > options.MaxRetryAfter)
            return null;

        double full = Math.Min(options.FirstDelay.TotalMilliseconds * Math.Pow(2, attempt - 1), options.MaxDelay.TotalMilliseconds);
        var own = TimeSpan.FromMilliseconds(full * (1 - (Spread(request, attempt) / 2)));
        // A server that asks for none, or names a time that is over, would be sent all attempts at once.
        return retryAfter > own ? retryAfter : own;
    }

    /// <summary>A number from 0 to 1 that is another for each request, and the same in each run.</summary>
    public static double Spread(ReadOnlySpan<byte> request, long seed) => (XxHash3.HashToUInt64(request, seed) >> 11) / (double)(1UL << 53);

    /// <summary>
    /// The wait in <c>retry-after-ms</c> or <c>Retry-After</c>, seconds or a date by the server's own clock; never
    /// negative, null when there is none.
    /// </summary>
    public static TimeSpan? Read(HttpResponseHeaders headers, TimeProvider time)
    {
        if (ReadNumber(headers, "retry-after-ms") is { } milliseconds)
            return FromSeconds(milliseconds / 1000);

        if (ReadNumber(headers, "Retry-After") is { } seconds)
            return FromSeconds(seconds);

        return headers.RetryAfter?.Date is { } date
            ? TimeSpan.FromTicks(Math.Max(0, (date - (headers.Date ?? time.GetUtcNow())).Ticks))
            : null;
    }

    private static double? ReadNumber(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values)
        && double.TryParse(values.ToString(), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number)
            ? number
            : null;

    private static TimeSpan FromSeconds(double seconds) => TimeSpan.FromSeconds(Math.Min(seconds, TimeSpan.FromDays(365).TotalSeconds));
}
