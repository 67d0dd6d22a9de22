using Rlm.Runtime.Execution;

namespace Rlm.Runtime.Models;

/// <summary>A call as seen by whoever makes it: the attempts below it are told through clients that know nothing of either.</summary>
/// <param name="run">The run.</param>
/// <param name="key">What the call is known by.</param>
internal sealed class CallTrace(RunContext run, CallKey key)
{
    private static readonly AsyncLocal<CallTrace?> Current = new();

    /// <summary>How long the reply took; null while there is none.</summary>
    public TimeSpan? Time { get; set; }

    /// <summary>Whether the provider was asked for too much at a time.</summary>
    public bool IsRefused { get; private set; }

    private CallPace Pace => run.Pace;

    /// <summary>From here on, in this flow, attempts are those of this call.</summary>
    public void Begin() => Current.Value = this;

    /// <summary>An attempt failed.</summary>
    public void Failed(ModelException failure) => IsRefused |= failure.Failure is ModelFailure.RateLimited or ModelFailure.Timeout;

    /// <summary>Tells the call of this flow, if there is one, that its attempt failed, and waits until it may be made again.</summary>
    public static async ValueTask RetryAsync(ModelException failure, TimeSpan delay, TimeProvider time, CancellationToken cancellationToken)
    {
        var call = Current.Value;
        call?.Retry(failure, delay);
        await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        if (call is not null)
            await call.Pace.WaitAsync(0, cancellationToken).ConfigureAwait(false);
    }

    private void Retry(ModelException failure, TimeSpan delay)
    {
        Failed(failure);
        run.Options.Journal?.WriteRetry(key.ToString(), failure, delay, run.Elapsed);
    }
}
