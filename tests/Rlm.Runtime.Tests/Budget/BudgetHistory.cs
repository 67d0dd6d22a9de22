using System.Diagnostics;

namespace Rlm.Runtime.Tests.Budget;

/// <summary>
/// What threads asked of a budget and what they were told, with times, and whether one after another could have been told the same.
/// </summary>
internal sealed class BudgetHistory
{
    private readonly List<Operation> _operations = [];

    public enum Kind
    {
        TryReserve,
        ReserveUpTo,
        Refund,
    }

    public void Add(Kind kind, int calls, int result, long from, long to) => _operations.Add(new Operation(kind, calls, result, from, to));

    public void AddAll(IEnumerable<BudgetHistory> others) => _operations.AddRange(others.SelectMany(other => other._operations));

    /// <summary>Does something on the budget and remembers it.</summary>
    public int Record(Kind kind, int calls, Func<int> operation)
    {
        long from = Stopwatch.GetTimestamp();
        int result = operation();
        Add(kind, calls, result, from, Stopwatch.GetTimestamp());
        return result;
    }

    /// <summary>
    /// Whether an order exists that respects the times and in which a budget of one thread gives every result (Wing and Gong, 1993).
    /// </summary>
    public bool IsLinearizable(int limit) => Search(limit, 0, 0, []);

    private bool Search(int limit, int used, long done, HashSet<(long Done, int Used)> visited)
    {
        if (done == (1L << _operations.Count) - 1)
            return true;
        if (!visited.Add((done, used)))
            return false;

        // Next may be whatever began before every open operation had ended.
        long firstEnd = long.MaxValue;
        for (int i = 0; i < _operations.Count; i++)
        {
            if ((done & (1L << i)) == 0)
                firstEnd = Math.Min(firstEnd, _operations[i].To);
        }

        for (int i = 0; i < _operations.Count; i++)
        {
            if ((done & (1L << i)) == 0 && _operations[i].From <= firstEnd && _operations[i].Apply(used, limit) is { } next
                && Search(limit, next, done | (1L << i), visited))
                return true;
        }

        return false;
    }

    private readonly record struct Operation(Kind Kind, int Calls, int Result, long From, long To)
    {
        /// <summary>What is used after it, or null where it would have given another result.</summary>
        public int? Apply(int used, int limit) => Kind switch
        {
            Kind.TryReserve => (Calls <= limit - used ? 1 : 0) == Result ? used + (Result * Calls) : null,
            Kind.ReserveUpTo => Math.Min(Calls, limit - used) == Result ? used + Result : null,
            _ => used - Calls,
        };
    }
}
