namespace Rlm.Runtime.Tables;

/// <summary>Why a row is not told apart into cells.</summary>
internal enum DelimitedFault : byte
{
    None,

    /// <summary>A quote is not closed in the row, nor on lines after it within the bound.</summary>
    UnclosedQuote,

    /// <summary>Something other than a delimiter or line end follows a closing quote.</summary>
    TextAfterQuote,

    /// <summary>The line is longer than a row may be.</summary>
    TooLong,

    /// <summary>It is not a row: it stands before the header, only draws the table, or begins with <c>#</c> and has other cells than the header.</summary>
    Comment,
}
