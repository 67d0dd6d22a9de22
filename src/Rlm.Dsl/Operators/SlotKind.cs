namespace Rlm.Dsl.Operators;

/// <summary>What fills a slot, and in which scope it is bound.</summary>
internal enum SlotKind
{
    /// <summary>An expression over the item.</summary>
    Expression,

    /// <summary>A condition over the item.</summary>
    Condition,

    /// <summary>A condition over the item that may be left out: no sign and no stage opens it.</summary>
    OptionalCondition,

    /// <summary>A regular expression, a text whose holes are values taken literally, or what stands for one: a name or a pipeline in parentheses.</summary>
    Pattern,

    /// <summary>A regular expression, a text whose holes are captures, or the name of one.</summary>
    CapturePattern,

    /// <summary>A prompt over the item: a string, a name or a pipeline in parentheses.</summary>
    Prompt,

    /// <summary>A value outside the item: a string, a name or a pipeline in parentheses.</summary>
    Outer,

    /// <summary>A text outside the item, never a name: a string.</summary>
    String,

    /// <summary>A whole number outside the item: a literal, a name or a pipeline in parentheses.</summary>
    Amount,

    /// <summary>A place outside the item, as an amount; a negative one counts from the end.</summary>
    Place,

    /// <summary>A number outside the item, whole or not: a literal, a name or a pipeline in parentheses.</summary>
    Number,

    /// <summary>A value outside the item: a duration, a number, a string, a name or a pipeline in parentheses.</summary>
    Scalar,

    /// <summary>A unit word.</summary>
    Unit,

    /// <summary>The name of a field that is read.</summary>
    FieldName,

    /// <summary>The name of a field whose text a pattern behind it is matched in.</summary>
    SourceField,

    /// <summary>The name of a field that is made.</summary>
    NewName,

    /// <summary>The name of a field that is made, where a type could stand.</summary>
    CaptureName,

    /// <summary>A comma list of fields that are read.</summary>
    FieldNames,

    /// <summary>A comma list of <c>[name =] expression</c> over the item.</summary>
    Keys,

    /// <summary>A comma list of <c>name = expression</c> over the item, each seeing the ones before it.</summary>
    Bindings,

    /// <summary>A comma list of <c>name = aggregate</c> over the items of a group.</summary>
    Aggregates,

    /// <summary>A comma list of <c>name [= expression]</c> over the item.</summary>
    Columns,

    /// <summary>A comma list of <c>old to new</c>, of fields that are read and what they are called from then on.</summary>
    Renames,

    /// <summary>A comma list of <c>expression [desc|asc]</c> over the item.</summary>
    Orders,

    /// <summary>A type.</summary>
    Type,

    /// <summary>What stands in for a failed item: <c>fail</c>, <c>skip</c>, a string, a number or none.</summary>
    Fallback,

    /// <summary>A model's name: a name or a string.</summary>
    ModelName,

    /// <summary>A word of the shape itself, or a flag.</summary>
    Word,

    /// <summary>A name that is read over.</summary>
    Ignored,
}
