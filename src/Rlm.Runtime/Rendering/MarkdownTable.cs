using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>Tables in GitHub's Markdown: pipes are escaped, line ends folded to blanks.</summary>
internal static class MarkdownTable
{
    /// <param name="items">The rows.</param>
    /// <param name="type">The type of the list, for the columns of one without rows; null for no table then.</param>
    public static string Of(IReadOnlyList<Value> items, RlmType? type = null) => string.Join('\n', LinesOf(items, type));

    /// <summary>The lines, each made when it is asked for; none without columns.</summary>
    public static IEnumerable<string> LinesOf(IReadOnlyList<Value> items, RlmType? type = null) =>
        RowColumns.Of(items, type) is { Names.Count: > 0 } columns ? Header(columns).Concat(items.Select(item => Row(columns, item))) : [];

    public static IEnumerable<string> Header(RowColumns columns) =>
        [$"| {string.Join(" | ", columns.Names.Select(Escape))} |", $"|{string.Concat(Enumerable.Repeat("---|", columns.Names.Count))}"];

    /// <summary>An item's row; <paramref name="cellText"/> renders a cell where it should not be whole.</summary>
    public static string Row(RowColumns columns, Value item, Func<Value, string>? cellText = null) =>
        $"| {string.Join(" | ", columns.CellsOf(item).Select(cell => Escape((cellText ?? ValueRenderer.InTemplate)(cell))))} |";

    private static string Escape(string cell)
    {
        if (cell.AsSpan().IndexOfAny("|\n\r") < 0)
            return cell;

        var escaped = new StringBuilder(cell.ReplaceLineEndings(" "));
        return escaped.Replace("|", "\\|").ToString();
    }
}
