namespace Rlm.Runtime.Tables;

/// <summary>What is known of a row beside its cells.</summary>
/// <param name="Fault">What is wrong with it, so that its cells are not to be trusted.</param>
/// <param name="Doubt">How sure its cells are.</param>
/// <param name="IsRule">Whether the line only draws the table, and is not a row.</param>
internal readonly record struct DelimitedRowState(DelimitedFault Fault, DelimitedDoubt Doubt, bool IsRule);
