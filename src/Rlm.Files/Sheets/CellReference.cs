using System.Text;

namespace Rlm.Files.Sheets;

/// <summary>Names of cells, such as <c>B7</c>.</summary>
internal static class CellReference
{
    public const int MaxColumns = 16_384;
    public const int MaxRows = 1_048_576;

    /// <summary>The column and row of a cell, from 1; null for anything else.</summary>
    public static (int Column, int Row)? Find(string? text)
    {
        int column = 0, row = 0, i = 0;
        for (; i < text?.Length && char.IsAsciiLetter(text[i]) && column <= MaxColumns; i++)
            column = (column * 26) + (char.ToUpperInvariant(text[i]) - 'A') + 1;
        int letters = i;
        for (; i < text?.Length && char.IsAsciiDigit(text[i]) && row <= MaxRows; i++)
            row = (row * 10) + (text[i] - '0');
        return letters > 0 && i > letters && i == text!.Length && column <= MaxColumns && row is > 0 and <= MaxRows ? (column, row) : null;
    }

    public static string Of(int column, int row) => Invariant($"{ColumnOf(column)}{row}");

    /// <summary>A sheet's name as formulas write it, in quotes where it needs them.</summary>
    public static string Quote(string sheet) =>
        sheet.Length > 0 && !char.IsDigit(sheet[0]) && sheet.All(c => char.IsLetterOrDigit(c) || c is '_' or '.')
            ? sheet : $"'{sheet.Replace("'", "''", StringComparison.Ordinal)}'";

    private static string ColumnOf(int column)
    {
        var letters = new StringBuilder();
        for (; column > 0; column = (column - 1) / 26)
            letters.Insert(0, (char)('A' + ((column - 1) % 26)));
        return letters.ToString();
    }
}
