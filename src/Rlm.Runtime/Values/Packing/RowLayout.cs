namespace Rlm.Runtime.Values.Packing;

/// <summary>What rows have in common whose fields are texts as they stand.</summary>
/// <param name="Shape">The fields' names.</param>
/// <param name="Columns">How the texts of each field read; null where nobody asks.</param>
internal sealed record RowLayout(RecordShape Shape, ColumnReading?[] Columns);
