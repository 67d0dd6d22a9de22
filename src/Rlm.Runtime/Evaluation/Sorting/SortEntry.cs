namespace Rlm.Runtime.Evaluation.Sorting;

/// <summary>
/// The start of an item's keys as two numbers that order as the keys do, which decides nearly all comparisons. The lowest bit of a number
/// says that there is more of its key.
/// </summary>
/// <param name="First">The first key's.</param>
/// <param name="Second">The second key's; of an only key, what follows.</param>
/// <param name="Start">Where the item is kept.</param>
/// <param name="Place">The place among those that it was kept with, which decides between equal keys.</param>
internal readonly record struct SortEntry(ulong First, ulong Second, uint Start, int Place);
