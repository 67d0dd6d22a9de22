using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>
/// Reads fields by name: of records, of each item of a list, and <c>text</c> and <c>value</c> of values that are not records.
/// </summary>
internal static class FieldAccess
{
    /// <summary>The field; none where there is none of that name.</summary>
    public static Value Of(Value target, string name) => Find(target, name) ?? NoneValue.Instance;

    /// <summary>The field, or null where there is none of that name.</summary>
    public static Value? Find(Value target, string name) => target switch
    {
        RecordValue record => record.Find(name),
        ListValue list => ListValue.Of([.. list.Items.Select(item => Of(item, name))]),
        TextValue when name == "text" => target,
        NoneValue or FailedValue => target,
        _ when name == "value" => target,
        _ => null,
    };
}
