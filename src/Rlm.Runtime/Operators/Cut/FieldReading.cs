using Rlm.Dsl.Types;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>Reads a field of a text as the type that it was given.</summary>
internal static class FieldReading
{
    /// <summary>The value; none for a blank field that may be missing, null for one that cannot be read.</summary>
    /// <param name="field">The field.</param>
    /// <param name="type">Its type; null for a text as it stands.</param>
    /// <param name="now">The run's clock.</param>
    public static Value? Read(TextValue field, RlmType? type, DateTime? now)
    {
        if (type is null)
            return field;

        var required = type.Required;
        if (required == RlmType.Text || required == RlmType.Quote)
            return field;

        string text = field.ToString().Trim();
        if (text.Length == 0 && type is OptionalType)
            return NoneValue.Instance;
        if (required == RlmType.Number)
            return Reading.AsNumber(field) is { IsAtRangeEnd: false } number ? new NumberValue(number) : null;
        if (required == RlmType.Date)
            return Reading.AsDate(field, now);
        if (required == RlmType.Duration)
            return Reading.AsDuration(field);
        if (required is DateType formatted)
            return DateFormats.Of(formatted.Format) is var pattern && PatternDate.TryRead(
                text,
                pattern,
                field.Slice?.Source.ModifiedUtc ?? now) is { } point ? new DateValue(point, pattern.IsEpoch ? null : text) : null;
        if (required == RlmType.Bool)
            return Truth(text);
        if (required is LabelType { Labels: { } labels })
            return labels.FirstOrDefault(label => string.Equals(label, text, StringComparison.OrdinalIgnoreCase)) is { } label
                ? new TextValue(label, field.Provenance) { Domain = labels }
                : null;
        return field;
    }

    /// <summary>The kind of all values that are read as a type, none aside; null for several.</summary>
    public static ValueKind? KindOf(RlmType? type) => type?.Required switch
    {
        null or LabelType => ValueKind.Text,
        DateType => ValueKind.Date,
        var read when read == RlmType.Text || read == RlmType.Quote => ValueKind.Text,
        var read when read == RlmType.Number => ValueKind.Number,
        var read when read == RlmType.Date => ValueKind.Date,
        _ => null,
    };

    private static BoolValue? Truth(string text) => text.ToLowerInvariant() switch
    {
        "true" or "yes" or "y" or "1" or "on" => BoolValue.True,
        "false" or "no" or "n" or "0" or "off" => BoolValue.False,
        _ => null,
    };
}
