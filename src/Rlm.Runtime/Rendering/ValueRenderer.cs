using System.Globalization;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Rendering;

/// <summary>Values as text, as LANGUAGE's section 4 says.</summary>
internal static class ValueRenderer
{
    /// <summary>As in a template's hole: a list joined with <c>", "</c>, a list of one as its item, a record as <c>field: value</c> lines.</summary>
    public static string InTemplate(Value value) => value switch
    {
        NumberValue number => number.Number.ToString("0.############################", CultureInfo.InvariantCulture),
        BoolValue boolean => boolean == BoolValue.True ? "true" : "false",
        NoneValue or FailedValue => "none",
        ListValue list => string.Join(", ", list.Items.Select(InTemplate)),
        RecordValue { Shape.TextField: { } text } record => InTemplate(record.Find(text)!),
        RecordValue record => string.Join('\n', record.Shape.Names.Zip(record.Fields, (name, field) => $"{name}: {InTemplate(field)}")),
        DurationValue duration => duration.Duration.ToString(),
        _ => value.ToString()!,
    };

    /// <summary>As a whole answer: a list one item per line, a list of records as a table.</summary>
    public static string AsAnswer(Value value) => value is ListValue list ? string.Join('\n', list.Items.Select(InTemplate)) : InTemplate(value);

    public static string AsTable(Value value) => throw new NotImplementedException();

    public static string AsBullets(Value value) => string.Join('\n', ((ListValue)value).Items.Select(item => $"- {InTemplate(item)}"));

    public static string AsCsv(Value value) => throw new NotImplementedException();

    public static string AsJson(Value value) => throw new NotImplementedException();

    public static string AsJsonLines(Value value) => throw new NotImplementedException();
}
