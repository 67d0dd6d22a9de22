namespace Rlm.Runtime.Budget;

/// <summary>Keeps calls to the requests and tokens a minute that are allowed; all runs of an agent or session share it.</summary>
internal sealed class CallPace(RlmOptions options)
{
    private readonly RateBucket? _requests = options.RequestsPerMinute is { } requests
        ? new RateBucket(requests, options.TimeProvider)
        : null;
    private readonly RateBucket? _tokens = options.TokensPerMinute is { } tokens ? new RateBucket(tokens, options.TimeProvider) : null;

    public bool IsLimited => _requests is not null || _tokens is not null;

    /// <summary>Waits until a request with a prompt of so many tokens may be made.</summary>
    public async ValueTask WaitAsync(long inputTokens, CancellationToken cancellationToken)
    {
        var wait = _requests?.Take(1) ?? TimeSpan.Zero;
        if (_tokens?.Take(inputTokens) is { } forTokens && forTokens > wait)
            wait = forTokens;
        if (wait > TimeSpan.Zero)
            await Task.Delay(wait, options.TimeProvider, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Counts what the provider counted beyond what was waited for.</summary>
    public void Count(long tokens) => _tokens?.Adjust(tokens);
}
