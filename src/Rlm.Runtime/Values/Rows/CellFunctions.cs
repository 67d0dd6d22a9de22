using Rlm.Dsl.Binding;

namespace Rlm.Runtime.Values.Rows;

/// <summary>Functions of one argument that give a number of a cell without making its value.</summary>
internal static class CellFunctions
{
    private static readonly Dictionary<string, Function> Table = new(StringComparer.Ordinal)
    {
        ["length"] = cell => cell.Kind == CellKind.Text ? TextBytes.Characters(cell.Text) : null,
        ["number"] = cell => cell.AsNumber() is { IsAtRangeEnd: false } number ? number : null,
    };

    /// <summary>The number; null where only the function itself can tell.</summary>
    public delegate Number? Function(Cell cell);

    public static Function? Find(BoundCall call) =>
        call is { Function.IsTool: false, Arguments: [not null] } ? Table.GetValueOrDefault(call.Function.Name) : null;
}
