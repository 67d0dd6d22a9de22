namespace Rlm.Runtime.Values;

/// <summary>What a value is, for comparing and for messages.</summary>
internal static class ValueKinds
{
    public static ValueKind Of(Value value) => value switch
    {
        NumberValue => ValueKind.Number,
        DurationValue => ValueKind.Duration,
        DateValue => ValueKind.Date,
        TextValue => ValueKind.Text,
        BoolValue => ValueKind.Bool,
        ListValue => ValueKind.List,
        RecordValue => ValueKind.Record,
        FailedValue => ValueKind.Failed,
        _ => ValueKind.None,
    };

    /// <summary>As in "got a list".</summary>
    public static string Describe(Value value) => Of(value) switch
    {
        ValueKind.Failed => "a failed item",
        ValueKind.None => "none",
        ValueKind.Bool => "true or false",
        var kind => $"a {kind.ToString().ToLowerInvariant()}",
    };
}
