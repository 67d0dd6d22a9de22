namespace Rlm.Runtime.Values;

/// <summary>What rests on a failed item, which makes conditions unknown and is left out of folds.</summary>
internal static class Unknown
{
    /// <summary>The failed item that a value is, or that its text is; null where it is known.</summary>
    public static FailedValue? Of(Value value) => value switch
    {
        FailedValue failed => failed,
        RecordValue { Shape.TextField: { } field } record => record.Find(field) as FailedValue,
        _ => null,
    };

    /// <summary>The first failed item in a value, deep in lists and records; null for none.</summary>
    public static FailedValue? In(Value value) => value switch
    {
        FailedValue failed => failed,
        RecordValue record => record.Fields.Select(In).FirstOrDefault(failed => failed is not null),
        ListValue list => list.Items.Select(In).FirstOrDefault(failed => failed is not null),
        _ => null,
    };

    /// <summary>The failed item where a value, or each item of a list, is one; null where there is anything else in it.</summary>
    public static FailedValue? FindSole(Value value) => value is ListValue list
        ? list.Items.All(item => item is FailedValue) ? list.Items.FirstOrDefault() as FailedValue : null
        : value as FailedValue;

    /// <summary>A list in memory without its failed items; any other value as it is.</summary>
    public static Value DropFailed(Value value) => value is ListValue list && list.Items.Any(item => item is FailedValue)
        ? ListValue.Keep(list.Items.Where(item => item is not FailedValue))
        : value;

    /// <summary>Whether a row stands apart, or a value is unknown: neither is among the first, the last or the greatest.</summary>
    public static bool IsApart(Value item) => item is FailedValue or RecordValue { Shape.IsApart: true };

    /// <summary>The same shape, apart where the row that it is made from is.</summary>
    public static RecordShape ShapeAs(Value row, RecordShape shape) => row is RecordValue { Shape.IsApart: true } ? shape.Apart : shape;
}
