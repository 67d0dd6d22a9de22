namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>Goes through items in their order.</summary>
internal abstract class SortCursor
{
    /// <summary>The item, until the cursor moves.</summary>
    public abstract ReadOnlySpan<byte> Item { get; }

    public abstract bool MoveNext();
}
