namespace Rlm.Runtime.Values.Rows;

/// <summary>What the values of a key are ordered as.</summary>
internal enum KeyReading
{
    /// <summary>As they are: texts by code point.</summary>
    Plain,

    /// <summary>As the numbers that they read as.</summary>
    Number,

    /// <summary>As the dates that they read as.</summary>
    Date,
}
