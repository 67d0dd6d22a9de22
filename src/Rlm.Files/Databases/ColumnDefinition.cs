namespace Rlm.Files.Databases;

/// <summary>A column of a table.</summary>
/// <param name="Name">Its name.</param>
internal sealed record ColumnDefinition(string Name)
{
    /// <summary>Whether it is another name of the row's number, which no record holds then.</summary>
    public bool IsRowNumber { get; init; }

    /// <summary>Whether it is computed when it is read, and no record holds it.</summary>
    public bool IsComputed { get; init; }

    /// <summary>What it holds in rows that are older than it is; null where that is not known.</summary>
    public StoredValue? Default { get; init; } = StoredValue.None;
}
