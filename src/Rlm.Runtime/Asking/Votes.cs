using Rlm.Runtime.Values;

namespace Rlm.Runtime.Asking;

/// <summary>Makes one value of several replies about the same item.</summary>
internal static class Votes
{
    /// <summary>
    /// The value that most replies gave. Of values that are equally frequent it is the one that came first by the number of the vote, so
    /// that the result does not depend on which reply was fastest. Failed replies count only where there is no other.
    /// </summary>
    public static Value? FindMajority(IReadOnlyList<Value?> replies)
    {
        if (replies.Count == 1)
            return replies[0];

        return replies.OfType<Value>().Where(reply => reply is not FailedValue)
            .GroupBy(reply => new ValueKey(reply)).MaxBy(group => group.Count())?.First() ?? replies[0];
    }
}
