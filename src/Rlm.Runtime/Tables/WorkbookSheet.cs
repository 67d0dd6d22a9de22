namespace Rlm.Runtime.Tables;

/// <summary>A sheet in the text of a workbook.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Dialect">Where its rows are, from its header on.</param>
/// <param name="Fields">The cell of each field of the workbook's rows; -1 where the sheet has no such column, and for the first, its name.</param>
/// <param name="Header">What is told of its header.</param>
/// <param name="HasOtherNames">Whether a column is called otherwise than in another sheet, in case or blanks.</param>
internal sealed record WorkbookSheet(string Name, DelimitedDialect Dialect, IReadOnlyList<int> Fields, SheetHeader Header, bool HasOtherNames);
