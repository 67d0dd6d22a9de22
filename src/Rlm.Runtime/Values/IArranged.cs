namespace Rlm.Runtime.Values;

/// <summary>Items as a sort arranged them.</summary>
internal interface IArranged
{
    int Count { get; }

    /// <summary>How many items that are not among the first so many are equal to the last of those.</summary>
    int CountTiesBehind(int taken);

    /// <summary>How many items that are not among the last so many are equal to the first of those.</summary>
    int CountTiesBefore(int taken);
}
