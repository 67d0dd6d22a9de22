namespace Rlm.Runtime.Asking.Packs;

/// <summary>The tokens of a row in a packed call, and of what is shown beside it.</summary>
/// <param name="Own">Those of the row.</param>
/// <param name="Before">Those of its neighbours before it, where it is the first row of its call.</param>
/// <param name="After">Those of its neighbours behind it, where it is the last.</param>
/// <param name="Between">Those of what is shown between it and the row before it that is asked about.</param>
internal readonly record struct RowTokens(long Own, long Before = 0, long After = 0, long Between = 0);
