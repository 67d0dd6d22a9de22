using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace Rlm.Providers.Wire;

/// <summary>
/// What all calls to one address share. While the provider wants a pause, no attempt is made. After many failures in a row without
/// a reply for a while the endpoint is taken for dead: calls wait for one probe, and if that fails too they fail at once for some
/// time, instead of burning time each.
/// </summary>
internal sealed class EndpointHealth(TimeProvider time)
{
    /// <summary>Failures in a row, and time without any reply, after which the endpoint is taken for dead.</summary>
    private const int FailuresOfTheDead = 20;
    private static readonly TimeSpan SilenceOfTheDead = TimeSpan.FromSeconds(10);

    /// <summary>Time until a dead endpoint is probed, and probed again.</summary>
    private static readonly TimeSpan UntilProbe = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan UntilNextProbe = TimeSpan.FromSeconds(30);

    /// <summary>One for each address and clock that requests of an <see cref="HttpMessageInvoker"/> go to.</summary>
    private static readonly ConditionalWeakTable<HttpMessageInvoker, ConcurrentDictionary<(string Address, TimeProvider Time), EndpointHealth>> Known =
        [];

    private readonly Lock _lock = new();
    private readonly long _madeAt = time.GetTimestamp();
    private TimeSpan _pausedUntil;
    private TimeSpan _lastReply;
    private int _failures;
    private TimeSpan? _probeAt;
    private bool _isRefusing;
    private TaskCompletionSource? _probe;

    /// <summary>
    /// What all clients share that send to the same scheme, host and port: a root and a sub-model at one address see each other's pauses.
    /// </summary>
    public static EndpointHealth Of(HttpMessageInvoker http, Uri url, TimeProvider time) =>
        Known.GetValue(http, static _ => [])
            .GetOrAdd((url.GetLeftPart(UriPartial.Authority), time), static key => new EndpointHealth(key.Time));

    /// <summary>Waits until an attempt may be made.</summary>
    /// <param name="spread">A part from 0 to 1, other for each call: who waited for the same pause does not go on at the same time.</param>
    /// <param name="dead">Makes the failure of calls to a dead endpoint.</param>
    /// <param name="cancellationToken">Ends the wait.</param>
    /// <exception cref="ModelException">The endpoint is dead.</exception>
    public async ValueTask BeforeAttemptAsync(double spread, Func<int, TimeSpan, ModelException> dead, CancellationToken cancellationToken)
    {
        while (true)
        {
            TimeSpan wait;
            Task? probed = null;
            lock (_lock)
            {
                var now = Now;
                if (_pausedUntil > now)
                {
                    wait = (_pausedUntil - now) * (1 + (spread / 10));
                }
                else if (_probeAt is not { } probeAt)
                {
                    return;
                }
                else if (_probe is not null)
                {
                    (wait, probed) = (TimeSpan.Zero, _probe.Task);
                }
                else if (probeAt <= now)
                {
                    _probe = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                    return;
                }
                else if (_isRefusing)
                {
                    throw dead(_failures, probeAt - now);
                }
                else
                {
                    wait = probeAt - now;
                }
            }

            if (probed is not null)
                await probed.WaitAsync(cancellationToken).ConfigureAwait(false);
            else
                await Task.Delay(wait, time, cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>No attempt before that time is over.</summary>
    public void Pause(TimeSpan wait)
    {
        lock (_lock)
        {
            var until = Now + wait;
            _pausedUntil = until > _pausedUntil ? until : _pausedUntil;
        }
    }

    /// <summary>The endpoint has replied, whatever it said.</summary>
    public void CountReply()
    {
        lock (_lock)
        {
            (_failures, _probeAt, _isRefusing, _lastReply) = (0, null, false, Now);
            EndProbe();
        }
    }

    /// <summary>There was no reply.</summary>
    public void CountFailure()
    {
        lock (_lock)
        {
            var now = Now;
            _failures++;
            if (_probe is not null)
                (_probeAt, _isRefusing) = (now + UntilNextProbe, true);
            else if (_probeAt is null && _failures >= FailuresOfTheDead && now - _lastReply >= SilenceOfTheDead)
                _probeAt = now + UntilProbe;
            EndProbe();
        }
    }

    /// <summary>An attempt was given up from outside, so that another call has to probe.</summary>
    public void GiveUp()
    {
        lock (_lock)
            EndProbe();
    }

    /// <summary>Time by a clock that nobody sets: one that jumps neither prolongs a pause nor ends it.</summary>
    private TimeSpan Now => time.GetElapsedTime(_madeAt);

    private void EndProbe()
    {
        _probe?.TrySetResult();
        _probe = null;
    }
}
