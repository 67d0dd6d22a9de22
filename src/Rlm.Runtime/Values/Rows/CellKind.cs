namespace Rlm.Runtime.Values.Rows;

/// <summary>What a <see cref="Cell"/> holds.</summary>
internal enum CellKind
{
    /// <summary>A value that was made.</summary>
    Value,

    /// <summary>The UTF-8 bytes of a text.</summary>
    Text,

    /// <summary>A number.</summary>
    Number,

    /// <summary>A date.</summary>
    Date,
}
