namespace Rlm.Runtime.Tables;

/// <summary>A row as it was read ahead. Places are offsets from the start of its range.</summary>
/// <param name="From">Where the reader stood before it; only blank lines lie between that and the row.</param>
/// <param name="Start">Where its first byte is.</param>
/// <param name="Length">Its length without its last line end.</param>
/// <param name="Next">Where the next row is looked for.</param>
/// <param name="FirstCell">Which of the cells of all rows is its first.</param>
/// <param name="CellCount">How many cells it has.</param>
/// <param name="State">What is known of it.</param>
internal readonly record struct DelimitedRow(
    int From, int Start, int Length, int Next, int FirstCell, int CellCount, DelimitedRowState State);
