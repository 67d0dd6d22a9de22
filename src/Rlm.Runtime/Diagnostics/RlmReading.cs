namespace Rlm;

/// <summary>What a stage of a run's programs read, line by line or row by row. A stage that stops early has read no more than it says.</summary>
/// <param name="Stage">The stage, such as <c>extract</c> or <c>parse csv</c>.</param>
/// <param name="Unit">What it counts: line, row or text.</param>
/// <param name="Count">How many it read. Blank lines are none of them where the stage passes over those.</param>
/// <param name="Unmatched">How many of them did not match, or could not be parsed and were left out.</param>
public sealed record RlmReading(string Stage, string Unit, long Count, long Unmatched);
