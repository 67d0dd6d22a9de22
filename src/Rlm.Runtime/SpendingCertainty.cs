namespace Rlm;

/// <summary>What the numbers of a planned stage mean.</summary>
public enum SpendingCertainty
{
    /// <summary>So many calls, where every reply is usable and no data stop the program before.</summary>
    Exactly,

    /// <summary>No more than that, whatever earlier stages reply.</summary>
    AtMost,

    /// <summary>There are no numbers before an earlier stage has been asked.</summary>
    NotKnown,
}
