namespace Rlm;

/// <summary>What kind of work an operator does: the groups of docs/specification.md, section 1.</summary>
public enum OperatorFamily
{
    /// <summary>Shows what a value is.</summary>
    Look,

    /// <summary>Cuts a text into pieces or rows.</summary>
    Cut,

    /// <summary>Finds places in a text, or items that fit.</summary>
    Find,

    /// <summary>Makes a list of a list.</summary>
    Rows,

    /// <summary>Makes one value of a list, or one for each key.</summary>
    Fold,

    /// <summary>Calls a model.</summary>
    Ask,
}
