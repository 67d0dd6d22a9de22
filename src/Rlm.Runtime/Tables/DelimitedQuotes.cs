namespace Rlm.Runtime.Tables;

/// <summary>The quotes around and in a cell.</summary>
internal enum DelimitedQuotes : byte
{
    None,

    /// <summary>It stood in quotes.</summary>
    Around,

    /// <summary>It stood in quotes, and doubled ones in it stand for single ones.</summary>
    Doubled,
}
