namespace Rlm.Files.Databases;

/// <summary>What a value of a row is.</summary>
internal enum StoredValueKind
{
    None,
    Number,
    Text,

    /// <summary>A text that is not in the encoding of its file.</summary>
    DamagedText,
    Bytes,
}
