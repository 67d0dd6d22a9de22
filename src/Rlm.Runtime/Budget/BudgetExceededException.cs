using Rlm.Runtime.Rendering;

namespace Rlm;

/// <summary>More calls are asked for than are left.</summary>
/// <param name="what">What the calls are for.</param>
/// <param name="used">Calls that are used.</param>
/// <param name="asked">Calls that were asked for.</param>
/// <param name="limit">Most calls.</param>
public sealed class BudgetExceededException(string what, int used, int asked, int limit)
    : Exception(Invariant($"{what} would make {Amount.Of(asked, "call")}; {limit - used:N0} of {limit:N0} are left ({used:N0} used). ")
        + "Filter first with `grep` or `where`, count and group with free stages, or ask about more rows in a call with `pack`")
{
    /// <summary>Calls that are used.</summary>
    public int Used { get; } = used;

    /// <summary>Calls that were asked for.</summary>
    public int Asked { get; } = asked;

    /// <summary>Most calls.</summary>
    public int Limit { get; } = limit;
}
