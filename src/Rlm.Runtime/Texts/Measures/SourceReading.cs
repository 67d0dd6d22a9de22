namespace Rlm.Runtime.Texts.Measures;

/// <summary>What a stage read of one source.</summary>
/// <param name="Stage">The stage, as <c>parse csv</c>.</param>
/// <param name="Unit">What it counts.</param>
/// <param name="Source">The source; null for all computed texts.</param>
/// <param name="Count">How many it read.</param>
/// <param name="Unmatched">How many of them were of no use.</param>
internal readonly record struct SourceReading(string Stage, string Unit, TextSource? Source, long Count, long Unmatched);
