using Rlm.Runtime.Budget;
using Rlm.Runtime.Replies;

namespace Rlm.Runtime.Models.Calls;

/// <summary>A call as seen by whoever makes it: the attempts below it are told through clients that know nothing of either.</summary>
/// <param name="run">The run.</param>
/// <param name="key">What the call is known by.</param>
/// <param name="spending">What it spends.</param>
/// <param name="isCounted">Whether it is one of the run's budget of calls, as the turns of its own root are not.</param>
internal sealed class CallTrace(RunContext run, CallKey key, CallSpending spending, bool isCounted)
{
    private static readonly AsyncLocal<CallTrace?> Current = new();

    private Action<bool>? _over;

    public CallSpending Spending => spending;

    /// <summary>What the client was told to hold the reply to; null for nothing.</summary>
    public ReplyFormat? Format { get; set; }

    /// <summary>How long the reply took; null while there is none.</summary>
    public TimeSpan? Time { get; set; }

    /// <summary>Whether the provider was asked for too much at a time.</summary>
    public bool IsRefused { get; private set; }

    /// <summary>Whether a request may be on its way.</summary>
    public bool IsInFlight { get; private set; }

    /// <summary>From here on, in this flow, attempts are those of this call.</summary>
    public void Begin()
    {
        Current.Value = this;
        IsInFlight = true;
    }

    /// <summary>Tells the call of this flow, if there is one, whether its request is on its way or waits to be sent.</summary>
    public static void Tell(bool isInFlight) => Current.Value?.IsInFlight = isInFlight;

    /// <summary>An attempt failed.</summary>
    public void Fail(ModelException failure)
    {
        IsInFlight = false;
        IsRefused |= failure.Failure is ModelFailure.RateLimited or ModelFailure.Timeout;
    }

    /// <summary>Tells the call of this flow, if there is one, that its attempt failed, and waits until it may be made again.</summary>
    /// <returns>Whether the limits of the run leave enough for that.</returns>
    public static async ValueTask<bool> RetryAsync(
        ModelException failure, TimeSpan delay, TimeProvider time, CancellationToken cancellationToken)
    {
        var call = Current.Value;
        call?.Fail(failure);
        if (call is not null && !await call.Spending.TryGoOnAsync(failure, cancellationToken).ConfigureAwait(false))
            return false;

        if (call is not null)
        {
            call.WriteRetry(failure, delay);
            call.TellOver(isWritten: true);
        }

        await Task.Delay(delay, time, cancellationToken).ConfigureAwait(false);
        if (call is not null)
            await call.WaitAsync(failure.MayBeCharged, cancellationToken).ConfigureAwait(false);
        return true;
    }

    /// <summary>
    /// Has something done once the attempt of this flow's call is over, told whether what came of it is written down; at once, as if it were,
    /// where there is no call.
    /// </summary>
    public static void WhenOver(Action<bool> act)
    {
        if (Current.Value is { } call)
            call._over += act;
        else
            act(true);
    }

    /// <summary>The attempt is over; who was told already is told nothing more.</summary>
    /// <param name="isWritten">Whether what came of it is in the journal, and not only that it was stopped.</param>
    public void TellOver(bool isWritten)
    {
        var over = _over;
        _over = null;
        over?.Invoke(isWritten);
    }

    /// <summary>
    /// Reserves one more call for the call of this flow, if there is one, whose request was lost with whoever made it and may have been paid for.
    /// </summary>
    /// <exception cref="LimitReachedException">The limits leave too little for that.</exception>
    public static async ValueTask RepayAsync(ModelException lost, CancellationToken cancellationToken)
    {
        if (Current.Value is { } call)
            await call.ReserveAgainAsync(lost, cancellationToken).ConfigureAwait(false);
    }

    private async ValueTask ReserveAgainAsync(ModelException lost, CancellationToken cancellationToken)
    {
        IsInFlight = false;
        bool isReserved = isCounted && run.Budget.TryReserve(1);
        if (isCounted == isReserved && await spending.TryGoOnAsync(lost, cancellationToken).ConfigureAwait(false))
        {
            WriteRetry(lost, TimeSpan.Zero);
            IsInFlight = true;
            return;
        }

        if (isReserved)
            run.Budget.Refund(1);
        string limit = isCounted && !isReserved ? run.Options.NameOf(nameof(RlmOptions.MaxCalls)) : "tokens or money";
        throw new LimitReachedException($"{lost.Message}, and the limits leave no other call for it ({limit})");
    }

    /// <summary>Waits for the pace; the tokens of an attempt that was refused are waited for already.</summary>
    private ValueTask WaitAsync(bool wasCharged, CancellationToken cancellationToken) =>
        wasCharged ? spending.WaitAsync(cancellationToken) : run.Pace.WaitAsync(0, cancellationToken);

    private void WriteRetry(ModelException failure, TimeSpan delay) =>
        run.Write(new RetriedCall(key.ToString(), run.Elapsed, failure.Failure, delay));
}
