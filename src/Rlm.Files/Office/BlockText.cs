namespace Rlm.Files.Office;

/// <summary>Writes blocks as Markdown does, each at a place of its own where it is given one.</summary>
internal sealed class BlockText(IRlmFileText text)
{
    private BlockKind? _last;
    private bool _hasParts;

    public bool IsEmpty { get; private set; } = true;

    /// <summary>Parts what follows by a form feed on a line of its own.</summary>
    public void StartPart(string place)
    {
        if (_hasParts)
            text.Write("\n");
        text.StartPlace(place);
        if (_hasParts)
            text.Write("\f\n");
        _hasParts = true;
        _last = null;
    }

    public void Write(Block block, string? place = null)
    {
        if (_last is { } last)
        {
            bool isBelow = block.Kind == BlockKind.Row || (block.Kind == BlockKind.Item && last == BlockKind.Item);
            text.Write(isBelow ? "\n" : "\n\n");
        }

        if (place is not null)
            text.StartPlace(place);
        text.Write(block.Text);
        if (block.Kind == BlockKind.FirstRow)
            text.Write("\n|" + string.Concat(Enumerable.Repeat("---|", block.Columns)));
        _last = block.Kind;
        IsEmpty = false;
    }
}
