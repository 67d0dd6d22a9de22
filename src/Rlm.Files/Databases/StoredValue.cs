namespace Rlm.Files.Databases;

/// <summary>A value of a row.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">How it is written; empty for none and for bytes.</param>
internal readonly record struct StoredValue(StoredValueKind Kind, string Text)
{
    /// <summary>No value.</summary>
    public static StoredValue None { get; } = new(StoredValueKind.None, "");
}
