namespace Rlm.Runtime.Values.Dates;

/// <summary>What a text does not say about its date, and was taken to be most likely.</summary>
[Flags]
internal enum DateGuess : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Which number is the month.</summary>
    Order = 1,

    /// <summary>The year.</summary>
    Year = 2,
}
