namespace Rlm.Files.Office;

/// <summary>A paragraph, an item of a list or a row of a table, as it is written.</summary>
/// <param name="Text">Its text.</param>
/// <param name="Kind">How it stands by the one before it.</param>
/// <param name="Columns">How many cells a first row has.</param>
internal readonly record struct Block(string Text, BlockKind Kind, int Columns = 0);
