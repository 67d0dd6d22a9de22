using System.Globalization;
using System.Net.Http.Headers;

namespace Rlm.Providers.Wire;

/// <summary>
/// Reads what a provider says is left of its limits. OpenAI: <c>x-ratelimit-remaining-requests</c> and <c>-tokens</c>, with
/// <c>x-ratelimit-reset-…</c> such as
/// <c>6m0s</c>. Anthropic: <c>anthropic-ratelimit-requests-remaining</c> and so on, with <c>…-reset</c> as RFC 3339.
/// </summary>
internal static class RateLimitHeaders
{
    /// <summary>Those of every provider: a router passes on what it was sent.</summary>
    private static readonly (string Remaining, string Reset)[] Limits = [.. ModelProvider.All.SelectMany(provider => provider.Limits)];

    /// <summary>How long to wait until there is something left again; null where there is, or nothing is said.</summary>
    public static TimeSpan? Pause(HttpResponseHeaders headers, TimeProvider time)
    {
        TimeSpan? longest = null;
        foreach (var (remaining, reset) in Limits)
        {
            if (Text(headers, remaining) is { } left
                && decimal.TryParse(left, NumberStyles.Number, CultureInfo.InvariantCulture, out decimal amount) && amount <= 0
                && Text(headers, reset) is { } when && Wait(when, time) is { } wait && wait > TimeSpan.Zero
                && (longest is null || wait > longest))
            {
                longest = wait;
            }
        }

        return longest;
    }

    private static string? Text(HttpResponseHeaders headers, string name) =>
        headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;

    private static TimeSpan? Wait(string text, TimeProvider time)
    {
        if (DateTimeOffset.TryParse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var date)
            && text.Contains('-', StringComparison.Ordinal))
            return date - time.GetUtcNow();

        // Parts such as 1h, 6m, 0.5s and 120ms; a number alone is seconds.
        double milliseconds = 0;
        for (int at = 0; at < text.Length;)
        {
            int unit = at;
            while (unit < text.Length && (char.IsAsciiDigit(text[unit]) || text[unit] == '.'))
                unit++;
            int end = unit;
            while (end < text.Length && char.IsAsciiLetter(text[end]))
                end++;
            double? scale =
                text[unit..end] switch { "ms" => 1, "" or "s" => 1_000, "m" => 60_000, "h" => 3_600_000, "d" => 86_400_000, _ => null };
            if (scale is null || end == at || !double.TryParse(
                text.AsSpan(at, unit - at), NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out double number))
                return null;

            milliseconds += number * scale.Value;
            at = end;
        }

        return milliseconds < TimeSpan.FromDays(365).TotalMilliseconds ? TimeSpan.FromMilliseconds(milliseconds) : null;
    }
}
