using System.Buffers;
using System.Text;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Documents;

/// <summary>
/// The tables of a Markdown text, by GitHub's rules: a row of names, a row of dashes, and rows until a line without bars.
/// </summary>
internal sealed class MarkdownTables
{
    private static readonly SearchValues<char> Marks = SearchValues.Create("*_`[]<>&\\~!");

    private readonly BlockWriter _writer;
    private readonly Action<int, IReadOnlyList<string>> _onRow;

    private MarkdownTables(BlockWriter writer, Action<int, IReadOnlyList<string>> onRow)
    {
        _writer = writer;
        _onRow = onRow;
    }

    /// <summary>Tells each row with the number of its table, from 1, the names first, and gives the number of tables.</summary>
    public static int Read(TextSlice slice, Action<int, IReadOnlyList<string>> onRow, CancellationToken cancellationToken)
    {
        using var spool = new TextSpool(slice.Source.Name);
        return new MarkdownTables(new BlockWriter(spool.Write), onRow).ReadAll(slice, cancellationToken);
    }

    private int ReadAll(TextSlice slice, CancellationToken cancellationToken)
    {
        int count = 0;
        bool isInTable = false;
        List<string>? names = null;
        var fence = new CodeFence();
        using var lines = new LineScanner(slice, cancellationToken);
        while (lines.MoveNext())
        {
            bool isCode = fence.Follow(lines.Bytes) || fence.IsOpen;
            var cells = isCode || !lines.Bytes.Contains((byte)'|') ? null : CellsOf(Encoding.UTF8.GetString(lines.Bytes));
            if (isInTable && cells is not null)
            {
                _onRow(count, [.. cells.Select(TextOf)]);
                continue;
            }

            isInTable = cells is not null && names is not null && cells.Count == names.Count && cells.All(IsRule);
            if (isInTable)
                _onRow(++count, [.. names!.Select(TextOf)]);
            names = isInTable ? null : cells;
        }

        return count;
    }

    private static bool IsRule(string cell)
    {
        var dashes = cell.AsSpan().Trim(':');
        return dashes.Length > 0 && !dashes.ContainsAnyExcept('-') && cell.Length - dashes.Length <= 2;
    }

    /// <summary>The cells of a line as they are written, but bars behind backslashes, which are text.</summary>
    private static List<string> CellsOf(string line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var rest = line.AsSpan().Trim().TrimStart('>').TrimStart();
        if (rest is ['|', ..])
            rest = rest[1..];
        for (int i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '|')
            {
                cells.Add(cell.ToString().Trim());
                cell.Clear();
                continue;
            }

            if (rest[i] == '\\' && i + 1 < rest.Length && rest[i + 1] == '|')
                i++;
            cell.Append(rest[i]);
        }

        if (rest is not [.., '|'] || rest is [.., '\\', '|'])
            cells.Add(cell.ToString().Trim());
        return cells;
    }

    /// <summary>A cell without its marks.</summary>
    private string TextOf(string cell)
    {
        if (!cell.AsSpan().ContainsAny(Marks))
            return cell;

        // A word before it keeps what begins like a block, such as a list, from being one.
        int start = _writer.StartCopy();
        bool isRead = MarkdownBlocks.TryWrite($"x {cell}", _writer);
        string text = _writer.EndCopy(start);
        return isRead && text.Length > 0 ? text[1..].TrimStart() : cell;
    }
}
