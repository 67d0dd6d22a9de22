namespace Rlm.Runtime.Tables;

/// <summary>How sure a row's cells are, where backslashes stand before quotes or delimiters in it.</summary>
internal enum DelimitedDoubt : byte
{
    /// <summary>No backslash matters.</summary>
    None,

    /// <summary>Only the table's own way to escape gives as many cells as the header has.</summary>
    Settled,

    /// <summary>Only the other way does, and the row is read so.</summary>
    OtherEscapes,

    /// <summary>Both ways do, with other cells; the row is read in the table's way.</summary>
    TwoReadings,
}
