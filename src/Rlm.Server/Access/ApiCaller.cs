using Rlm.Cli.Configuration;
using Rlm.Server.Protocol;

namespace Rlm.Server.Access;

/// <summary>Somebody who asks, and what they have spent of what they may in a day of UTC.</summary>
/// <param name="settings">The limits.</param>
/// <param name="time">The clock.</param>
internal sealed class ApiCaller(TokenSettings settings, TimeProvider time)
{
    private const string QuotaReached = "quota_reached";

    private static readonly TimeSpan Day = TimeSpan.FromDays(1);

    private readonly Lock _lock = new();
    private DateTimeOffset _today = time.GetUtcNow();
    private CallBudget _calls = new((int)Math.Min(settings.MaxCalls ?? int.MaxValue, int.MaxValue));
    private decimal _spentUsd, _heldUsd;
    private int _underWay;

    public string Name => settings.Name;

    /// <summary>Whether they may look at the runs of all.</summary>
    public bool SeesRuns => settings.SeesRuns;

    /// <summary>Begins a request.</summary>
    /// <param name="mostCostUsd">What the request may cost at most; null where it has no limit of its own.</param>
    /// <param name="turns">Calls that it will make besides those that its run reserves.</param>
    /// <param name="isWhole">Whether it costs up to that in one call, which cannot be stopped halfway; otherwise less may do.</param>
    /// <exception cref="ApiException">A limit is reached.</exception>
    public CallerSpending Begin(decimal? mostCostUsd, int turns, bool isWhole = false)
    {
        lock (_lock)
        {
            var now = time.GetUtcNow();
            if (now.UtcDateTime.Date != _today.UtcDateTime.Date)
                (_today, _calls, _spentUsd, _heldUsd) = (now, new(_calls.Limit), 0, 0);

            var tomorrow = now.UtcDateTime.Date + Day - now.UtcDateTime;
            if (settings.Parallel is { } most && _underWay >= most)
                throw Refuse($"has {_underWay} requests under way, as many as it may", "too_many_requests", TimeSpan.FromSeconds(1));
            decimal? left = settings.MaxCostUsd - _spentUsd - _heldUsd, needed = isWhole ? mostCostUsd : null;
            if (left <= 0 || needed > left)
            {
                if (_heldUsd > 0 && _spentUsd < settings.MaxCostUsd && !(needed > settings.MaxCostUsd - _spentUsd))
                    throw RefuseHeld($"may spend ${settings.MaxCostUsd} in a day, and requests under way hold what is left");
                if (left <= 0)
                    throw Refuse($"has spent what it may in a day, ${settings.MaxCostUsd}", QuotaReached, tomorrow);
                throw Refuse(
                    $"may spend ${left:0.######} more of ${settings.MaxCostUsd} in a day, and the request could cost ${needed:0.######}, which a lower `max_tokens` lessens", QuotaReached, tomorrow);
            }

            int granted = _calls.ReserveUpTo(turns);
            if (granted == 0 && _underWay > 0)
                throw RefuseHeld($"may make {settings.MaxCalls:N0} calls in a day, and requests under way hold what is left");
            if (granted == 0)
                throw Refuse($"has made the calls that it may in a day, {settings.MaxCalls:N0}", QuotaReached, tomorrow);

            // A request without a limit of its own leaves something for others that are under way.
            decimal? cost = left is null ? mostCostUsd : Math.Min(mostCostUsd ?? left.Value / 2, left.Value);
            _heldUsd += left is null ? 0 : cost ?? 0;
            _underWay++;
            return new(this, _calls, granted, cost) { IsCostHeld = left is not null };
        }
    }

    /// <summary>Takes back what a request has held and not spent.</summary>
    public void End(CallerSpending spending, int unmadeTurns, decimal costUsd)
    {
        lock (_lock)
        {
            _underWay--;
            spending.Calls.Refund(unmadeTurns);
            if (spending.IsCostHeld && ReferenceEquals(spending.Calls, _calls))
                (_spentUsd, _heldUsd) = (_spentUsd + costUsd, _heldUsd - (spending.MaxCostUsd ?? 0));
        }
    }

    private ApiException RefuseHeld(FormattableString what) => Refuse(what, "too_many_requests", TimeSpan.FromSeconds(5));

    private ApiException Refuse(FormattableString what, string code, TimeSpan retryAfter) =>
        ApiException.Busy($"The token `{Name}` {Invariant(what)}.", code, retryAfter);
}
