namespace Rlm.Files.Sheets;

/// <summary>What the number of a cell means.</summary>
internal enum CellFormatKind
{
    Number,

    /// <summary>A day.</summary>
    Date,

    /// <summary>A time of a day.</summary>
    Time,

    /// <summary>A day with a time.</summary>
    DateTime,

    /// <summary>Hours, which may be more than a day has.</summary>
    Duration,

    /// <summary>A code of a fixed number of digits, such as a postcode.</summary>
    Code,
}
