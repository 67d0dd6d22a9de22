using System.Text;

namespace Rlm.Files.Office;

/// <summary>Writes a row of a Markdown table.</summary>
internal static class TableRow
{
    /// <param name="cells">The cells' texts; line ends in them become <c>&lt;br&gt;</c>.</param>
    /// <param name="columns">How many cells the table has; the last ones may be missing.</param>
    public static string Of(IReadOnlyList<string> cells, int columns)
    {
        var row = new StringBuilder("|");
        for (int i = 0; i < Math.Max(cells.Count, columns); i++)
        {
            string cell = i < cells.Count ? cells[i].Trim() : "";
            row.Append(' ').Append(cell.Replace("|", "\\|", StringComparison.Ordinal).ReplaceLineEndings("<br>"));
            row.Append(cell.Length == 0 ? "|" : " |");
        }

        return row.ToString();
    }
}
