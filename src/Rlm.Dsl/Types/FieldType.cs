namespace Rlm.Dsl.Types;

/// <summary>A field of a record.</summary>
internal sealed record FieldType(string Name, RlmType Type);
