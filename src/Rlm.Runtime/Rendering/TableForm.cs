using System.Text;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Rendering;

/// <summary>Writes rows one after the other in a form of text, without line ends around them.</summary>
internal abstract class TableForm(Utf8Writer text)
{
    protected Utf8Writer Text { get; } = text;

    /// <summary>Writes the header, then a line for each item; nothing without columns.</summary>
    /// <param name="value">The items, or one. A list that is read once is not kept, where its columns are known before.</param>
    /// <param name="type">The type of the list, for the columns of one without items; null for none then.</param>
    protected void Write(Value value, RlmType? type)
    {
        var list = ValueRenderer.ListOf(value);
        bool isKnown = list is { IsStreamed: true, Rows.IsWhole: true };
        if (!isKnown)
            list = list.Keep();
        var source = list.Rows;
        using var rows = source.Open();
        bool hasItem = rows.MoveNext();
        var columns = !hasItem ? RowColumns.OfType(type) : isKnown ? RowColumns.Of(source.Shape!) : RowColumns.Of(list.ReadAll());
        if (columns.Names.Count == 0)
            return;

        WriteHeader(columns);
        int[] fields = [.. columns.Names.Select(name => source.Shape?.IndexOf(name) ?? -1)];
        for (; hasItem && !Text.IsOver; hasItem = rows.MoveNext())
        {
            BeginRow();
            for (int i = 0; i < fields.Length; i++)
            {
                BeginCell(i);
                if (fields[i] < 0 || !rows.Has(fields[i]))
                    WriteCell(columns.CellAt(rows.Item, i));
                else if (rows.CellAt(fields[i]) is { Kind: CellKind.Text } cell)
                    WriteCell(cell.Text);
                else
                    WriteCell(rows.ValueAt(fields[i]));
            }

            EndRow();
        }
    }

    protected abstract void WriteHeader(RowColumns columns);

    protected abstract void BeginRow();

    protected abstract void BeginCell(int column);

    protected abstract void EndRow();

    /// <summary>Writes a text as a cell.</summary>
    protected abstract void WriteText(string cell);

    /// <summary>Whether a text of these bytes is a cell as it stands.</summary>
    protected abstract bool IsPlain(ReadOnlySpan<byte> cell);

    /// <summary>A cell that is not a text.</summary>
    protected virtual string TextOf(Value cell) => ValueRenderer.InTemplate(cell);

    private void WriteCell(Value cell)
    {
        if (cell is TextValue text && text.TryGetSpan(out var bytes))
            WriteCell(bytes);
        else
            WriteText(TextOf(cell));
    }

    private void WriteCell(ReadOnlySpan<byte> text)
    {
        if (IsPlain(text))
            Text.Append(text);
        else
            WriteText(Encoding.UTF8.GetString(text));
    }
}
