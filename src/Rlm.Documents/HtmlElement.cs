namespace Rlm.Documents;

/// <summary>How an element of HTML shapes the text in it.</summary>
internal enum HtmlElement
{
    /// <summary>Not at all.</summary>
    Inline,

    /// <summary>It stands on lines of its own.</summary>
    Line,

    /// <summary>It stands between blank lines.</summary>
    Paragraph,

    /// <summary>It holds items without an order.</summary>
    List,

    /// <summary>It holds items that are numbered.</summary>
    NumberedList,

    /// <summary>It is an item of a list.</summary>
    Item,

    /// <summary>It is a table.</summary>
    Table,

    /// <summary>It groups rows of a table.</summary>
    RowGroup,

    /// <summary>It is a row of a table.</summary>
    Row,

    /// <summary>It is a cell of a row.</summary>
    Cell,

    /// <summary>It ends a line.</summary>
    LineEnd,

    /// <summary>It is a picture, whose <c>alt</c> is its text.</summary>
    Image,

    /// <summary>Its blanks are kept.</summary>
    Preformatted,

    /// <summary>It is a drawing or formula, with rules of its own.</summary>
    Foreign,

    /// <summary>Its text is not for readers.</summary>
    Hidden,
}
