using Rlm.Runtime.Values;

namespace Rlm.Runtime.Models.Calls;

/// <summary>The values that a run has of rows, by question and row, whatever pack they were asked in.</summary>
/// <param name="earlier">Those that are there already, for a plan that adds to them and leaves no trace.</param>
internal sealed class RowReplies(RowReplies? earlier = null)
{
    private readonly Lock _lock = new();
    private readonly Dictionary<UInt128, Value> _values = [];

    /// <summary>How many rows are kept at most.</summary>
    private int MostRows { get; set; } = 1 << 18;

    /// <summary>As many values as there are of rows that are asked about apart, where none of these is known.</summary>
    public RowReplies BeginApart() => new() { Seed = Seed, MostRows = int.MaxValue };

    /// <summary>Adds all values of rows that were asked about apart; a row that failed in one place has what came of it in another.</summary>
    public void Add(RowReplies apart)
    {
        lock (_lock)
        {
            MostRows = int.MaxValue;
            foreach (var (row, value) in apart._values)
            {
                if (!_values.TryAdd(row, value) && _values[row] is FailedValue)
                    _values[row] = value;
            }
        }
    }

    /// <summary>What hashes begin with: nobody can write rows that have one hash.</summary>
    /// <remarks>A GUID's random bits come from the system; to ask a cryptographic library for them loads it, for a third of an app's start.</remarks>
    public long Seed { get; private init; } = earlier?.Seed ?? BitConverter.ToInt64(Guid.NewGuid().ToByteArray());

    /// <summary>The value; null for none.</summary>
    public Value? Find(UInt128 row)
    {
        lock (_lock)
        {
            if (_values.TryGetValue(row, out var value))
                return value;
        }

        return earlier?.Find(row);
    }

    public void Keep(UInt128 row, Value value)
    {
        lock (_lock)
        {
            if (_values.Count < MostRows)
                _values.TryAdd(row, value);
        }
    }
}
