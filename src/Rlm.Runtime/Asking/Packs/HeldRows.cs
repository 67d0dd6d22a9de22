using System.IO.Hashing;
using System.Runtime.InteropServices;
using Rlm.Runtime.Models.Calls;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking.Packs;

/// <summary>The rows of a packed stage of which the run has the values, and what it keeps of the others.</summary>
/// <param name="questions">What is asked about each row, one key a vote.</param>
/// <param name="replies">The values that the run has.</param>
internal sealed class HeldRows(IReadOnlyList<CallKey> questions, RowReplies replies)
{
    private readonly List<(int Place, Value[] Votes)> _found = [];
    private readonly List<UInt128> _asked = [];
    private int _kept;

    /// <summary>What the stage asks, for whom it matters that another asks the same.</summary>
    public CallKey Question => questions[0];

    /// <summary>The places of the rows with the values, one a vote.</summary>
    public IReadOnlyList<(int Place, Value[] Votes)> Found => _found;

    /// <summary>Takes the next row, which is one to ask about where not all its votes are there.</summary>
    public bool TryTake(int place, string row)
    {
        var hash = XxHash128.HashToUInt128(MemoryMarshal.AsBytes(row.AsSpan()), replies.Seed);
        var votes = new Value[questions.Count];
        for (int sample = 0; sample < votes.Length; sample++)
        {
            if (replies.Find(hash ^ questions[sample].Hash) is not { } value)
            {
                _asked.Add(hash);
                return false;
            }

            votes[sample] = value;
        }

        _found.Add((place, votes));
        return true;
    }

    /// <summary>Keeps what came of the next rows that were asked about.</summary>
    /// <param name="places">Their places, in order.</param>
    /// <param name="votes">The values of all items, one list a vote.</param>
    /// <param name="withFailed">Whether those are kept, too, that have no usable reply.</param>
    public void Keep(IEnumerable<int> places, Value?[][] votes, bool withFailed)
    {
        foreach (int place in places)
        {
            var hash = _asked[_kept++];
            for (int sample = 0; sample < questions.Count; sample++)
            {
                if (votes[sample][place] is { } value && (withFailed || value is not FailedValue))
                    replies.Keep(hash ^ questions[sample].Hash, value);
            }
        }
    }
}
