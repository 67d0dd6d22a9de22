using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>Writes rows one after the other in a form of text, without line ends around them.</summary>
internal abstract class TableForm(Utf8Writer text)
{
    protected Utf8Writer Text { get; } = text;

    /// <summary>Writes the header, then a line for each item.</summary>
    public void Write(RowColumns columns, IEnumerable<Value> items)
    {
        WriteHeader(columns);
        foreach (var item in items)
        {
            if (Text.IsOver)
                return;

            BeginRow();
            for (int i = 0; i < columns.Names.Count; i++)
            {
                BeginCell(i);
                WriteCell(columns.CellAt(item, i));
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
        if (cell is not TextValue { Slice: { Length: <= BlockCache.BlockBytes } slice } text)
        {
            WriteText(TextOf(cell));
            return;
        }

        ReadOnlySpan<byte> bytes = text.GetKnownBytes() is { } known ? known : slice.Source.GetSpan(slice.Start, (int)slice.Length);
        if (IsPlain(bytes))
            Text.Append(bytes);
        else
            WriteText(text.ToString());
    }
}
