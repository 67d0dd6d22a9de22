namespace Rlm.Dsl.Types;

/// <summary><c>{name: T, …}</c>, fields in order.</summary>
internal sealed record RecordType(IReadOnlyList<FieldType> Fields) : RlmType
{
    /// <summary>Whether rows may hold fields that are not listed, as those of a file that has not been read yet.</summary>
    public bool IsOpen { get; init; }

    /// <summary>The field that stands for the record where text is wanted, if there is one.</summary>
    public string? TextField { get; init; }

    /// <summary>The field that <c>key</c> names: the only key of a group or count row.</summary>
    public string? KeyField { get; init; }

    /// <summary>What computed keys are called besides, after what they are computed by: another name and the field.</summary>
    public IReadOnlyList<(string Name, string Field)> KeyOrigins { get; init; } = [];

    /// <summary>A shorter name to print, such as <c>doc</c>.</summary>
    public string? Alias { get; init; }

    public FieldType? Find(string name) => Fields.FirstOrDefault(field => field.Name == name);

    /// <summary>The only key that is computed by what has the name, as `month` of `count by month(date)`; null where there is none.</summary>
    public string? FindKeyBy(string origin) =>
        KeyOrigins.Where(key => key.Name == origin).Select(key => key.Field).Distinct().ToList() is [var only] && Find(only) is not null
            ? only : null;

    /// <summary>The record with the field added at the end, or replaced where it stands.</summary>
    public RecordType With(string name, RlmType type) => this with
    {
        Alias = null,
        Fields = Find(name) is null
            ? [.. Fields, new FieldType(name, type)]
            : [.. Fields.Select(field => field.Name == name ? new FieldType(name, type) : field)],
    };

    public override string ToString() => Alias
        ?? $"{{{string.Join(", ", Fields.Select(field => $"{field.Name}: {field.Type}").Concat(IsOpen ? ["…"] : []))}}}";

    public bool Equals(RecordType? other) => other is not null && IsOpen == other.IsOpen && Fields.SequenceEqual(other.Fields);

    public override int GetHashCode() => Fields.Count;
}
