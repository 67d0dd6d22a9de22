namespace Rlm.Files.Office;

/// <summary>How a block stands by the one before it.</summary>
internal enum BlockKind
{
    /// <summary>Behind a blank line.</summary>
    Paragraph,

    /// <summary>An item of a list, below another one.</summary>
    Item,

    /// <summary>The first row of a table, behind a blank line.</summary>
    FirstRow,

    /// <summary>A row below another one.</summary>
    Row,
}
