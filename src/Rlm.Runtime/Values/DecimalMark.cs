namespace Rlm.Runtime.Values;

/// <summary>What stands before the decimals of a column's numbers.</summary>
internal enum DecimalMark
{
    /// <summary>A point; commas stand between thousands.</summary>
    Point,

    /// <summary>A comma; points stand between thousands.</summary>
    Comma,

    /// <summary>Nobody can tell: what would be another number the other way is not read.</summary>
    Unsettled,
}
