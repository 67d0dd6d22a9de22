namespace Rlm;

/// <summary>What an operator takes, and so whether it is lifted over a list.</summary>
public enum OperatorInput
{
    /// <summary>Any value.</summary>
    Any,

    /// <summary>A text; on a list of texts or docs it works on each item and gives one list.</summary>
    Text,

    /// <summary>A list, taken as a whole.</summary>
    List,

    /// <summary>A list of records, taken as a whole.</summary>
    Rows,

    /// <summary>A text, or a list taken as a whole.</summary>
    TextOrList,
}
