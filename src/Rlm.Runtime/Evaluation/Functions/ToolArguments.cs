using System.Text.Json;
using Rlm.Dsl.Types;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation.Functions;

/// <summary>
/// Reads the arguments of a tool as the types that it takes, as the language reads texts everywhere: a host's own reader would take
/// <c>03/04/2026</c> for one of two days.
/// </summary>
internal static class ToolArguments
{
    /// <exception cref="ArgumentException">The value is not of the type.</exception>
    public static JsonElement? Read(RlmToolParameter parameter, RlmType type, Value? argument, DateTime? now)
    {
        if (argument is null || Reading.IsNone(argument))
            return null;

        using var document = JsonDocument.Parse(JsonText.Of(Fit(type.Required, argument, parameter.Name, now)));
        return document.RootElement.Clone();
    }

    private static Value Fit(RlmType type, Value value, string name, DateTime? now)
    {
        Value? fitting = type switch
        {
            ListType list => value is ListValue items
                ? ListValue.Of([.. items.Items.Select(item => FitOrNone(list.Item, item, name, now))])
                : null,
            RecordType record => value is RecordValue row ? FitRecord(record, row, name, now) : null,
            LabelType label => LabelOf(label, value),
            _ when type == RlmType.Number => Reading.AsNumber(value) is { } number ? new NumberValue(number) : null,
            _ when type == RlmType.Bool => Reading.AsBool(value) is { } truth ? truth ? BoolValue.True : BoolValue.False : null,
            _ when type == RlmType.Date => DateOf(value, name, now),
            _ when type == RlmType.Duration => value as DurationValue,
            _ when type == RlmType.Text => Operands.Textual(value) is { } text ? new TextValue(text.ToString()) : null,
            _ => value,
        };
        return fitting ?? throw new ArgumentException($"`{name}` takes {type.WithArticle}{Labels(type)}, not {Show(value)}");
    }

    private static Value FitOrNone(RlmType type, Value value, string name, DateTime? now) =>
        !Reading.IsNone(value) ? Fit(type.Required, value, name, now)
        : type is OptionalType ? NoneValue.Instance
        : throw new ArgumentException($"`{name}` has no value");

    private static RecordValue FitRecord(RecordType type, RecordValue row, string name, DateTime? now) => new(
        new RecordShape([.. type.Fields.Select(field => field.Name)]),
        [.. type.Fields.Select(field => FitOrNone(field.Type, row.Find(field.Name) ?? NoneValue.Instance, $"{name}.{field.Name}", now))],
        null);

    private static TextValue? LabelOf(LabelType type, Value value)
    {
        string? text = Operands.Textual(value)?.ToString();
        var labels = type.Labels ?? [];
        string[] near = [.. labels.Where(label => label.Equals(text, StringComparison.OrdinalIgnoreCase)).Take(2)];
        return labels.Contains(text) ? new TextValue(text!) : near is [var only] ? new TextValue(only) : null;
    }

    private static DateValue? DateOf(Value value, string name, DateTime? now)
    {
        var date = Reading.AsDate(value, now);
        return value is not DateValue && date is { Point.Guess: not DateGuess.None } && Reading.AsText(value) is { Column: null }
            ? throw new ArgumentException($"`{name}` takes a date, and {Show(value)} can be read as more than one")
            : date;
    }

    private static string Labels(RlmType type) => type is LabelType { Labels: { } labels } ? $" of {string.Join(", ", labels)}" : "";

    private static string Show(Value value) =>
        ScalarText.Of(value) is { } text ? $"`{(text.Length <= 40 ? text : text[..40] + "…")}`" : ValueKinds.Describe(value);
}
