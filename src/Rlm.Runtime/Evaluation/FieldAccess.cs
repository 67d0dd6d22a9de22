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

    /// <summary>The field of rows whose fields nobody knew before; none where there is none of that name, which is counted.</summary>
    public static Value Read(Value target, string name, EvaluationContext evaluation)
    {
        if (target is ListValue list)
            return ListValue.Of([.. list.Items.Select(item => Read(item, name, evaluation))]);

        if (Find(target, name) is { } value)
        {
            evaluation.Tallies.FindField(name);
            return value;
        }

        evaluation.Tallies.MissField(name, target);
        return NoneValue.Instance;
    }
}
