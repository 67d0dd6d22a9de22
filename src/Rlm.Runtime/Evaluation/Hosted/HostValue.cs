using System.Collections;
using System.Globalization;
using System.Numerics;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation.Hosted;

/// <summary>Values of the host as programs have them. What has no counterpart is refused.</summary>
internal static class HostValue
{
    private const int MaxDepth = 64;

    /// <exception cref="ArgumentException">It is nothing that programs know.</exception>
    public static Value Of(object? value) => Of(value, 0);

    /// <summary>The value of JSON; numbers keep how they are written.</summary>
    /// <exception cref="ArgumentException">It is nested too deeply.</exception>
    public static Value OfJson(ReadOnlySpan<byte> json) => new JsonRows().Read(null, json, null, out string? error)
        ?? throw new ArgumentException($"The JSON cannot be read: {error}.", nameof(json));

    private static Value Of(object? value, int depth)
    {
        if (depth > MaxDepth)
            throw new ArgumentException($"The value is nested in more than {MaxDepth} levels, or in itself.", nameof(value));

        return value switch
        {
            null => NoneValue.Instance,
            string text => new TextValue(text),
            TextSource source => new TextValue(source.Whole),
            bool truth => BoolValue.Of(truth),
            DateTime or DateTimeOffset or DateOnly or TimeOnly => new DateValue(PointOf(value)),
            TimeSpan duration => new DurationValue(duration),
            char or Rune or Guid or Uri or Version or Enum => new TextValue(value.ToString()!),
            JsonElement { ValueKind: JsonValueKind.Undefined } => NoneValue.Instance,
            JsonElement element => OfJson(Encoding.UTF8.GetBytes(element.GetRawText())),
            JsonDocument document => Of(document.RootElement, depth),
            JsonNode node => OfJson(Encoding.UTF8.GetBytes(node.ToJsonString())),
            byte[] or ReadOnlyMemory<byte> or Memory<byte> =>
                throw new ArgumentException("Programs have no bytes: give the text that `TextSource.FromBytes` makes of them.", nameof(value)),
            IDictionary dictionary => RecordOf(EntriesOf(dictionary), depth),
            IEnumerable<KeyValuePair<string, object?>> entries => RecordOf(entries, depth),
            IEnumerable items => ListOf(items.Cast<object?>(), depth),
            ITuple tuple => ListOf(Enumerable.Range(0, tuple.Length).Select(i => tuple[i]), depth),
            _ => NumberOf(value) is { } number ? new NumberValue(number) : throw new ArgumentException(
                $"Programs have no type for `{value.GetType().Name}`: give the value with its `JsonTypeInfo`, as a `JsonSerializerContext` has it.",
                nameof(value)),
        };
    }

    private static ListValue ListOf(IEnumerable<object?> items, int depth) =>
        ListValue.Of([.. items.Select(item => Of(item, depth + 1))]);

    private static RecordValue RecordOf(IEnumerable<KeyValuePair<string, object?>> entries, int depth)
    {
        var names = new List<string>();
        var values = new List<Value>();
        foreach (var (name, value) in entries)
        {
            names.Add(name);
            values.Add(Of(value, depth + 1));
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            throw new ArgumentException($"The key `{twice.Key}` is given twice.", nameof(entries));
        return new RecordValue(new RecordShape(names), [.. values]);
    }

    private static IEnumerable<KeyValuePair<string, object?>> EntriesOf(IDictionary dictionary)
    {
        foreach (DictionaryEntry entry in dictionary)
            yield return new(Convert.ToString(entry.Key, CultureInfo.InvariantCulture)!, entry.Value);
    }

    private static PointInTime PointOf(object value) => value switch
    {
        DateTime { Kind: DateTimeKind.Unspecified } clock => PointInTime.OfTime(clock),
        DateTime time => PointOf(new DateTimeOffset(time)),
        DateTimeOffset time => PointInTime.OfTime(time.DateTime, time.Offset),
        DateOnly day => PointInTime.OfDay(day.ToDateTime(TimeOnly.MinValue)),
        TimeOnly clock => PointInTime.OfClock(clock.ToTimeSpan()),
        _ => throw new ArgumentException($"`{value.GetType().Name}` is not a point in time.", nameof(value)),
    };

    /// <summary>A number, whose digits are those that it prints with; null for anything else.</summary>
    private static Number? NumberOf(object value) => value is sbyte or byte or short or ushort or int or uint or long or ulong
        or nint or nuint or Int128 or UInt128 or BigInteger or decimal or double or float or Half
            ? !IsFinite(value) ? throw NoNumber(value) : Number.Parse(((IFormattable)value).ToString(value is double or float or Half ? "R" : null, CultureInfo.InvariantCulture))
                ?? throw NoNumber(value)
            : null;

    private static bool IsFinite(object value) => value switch
    {
        double number => double.IsFinite(number),
        float number => float.IsFinite(number),
        Half number => Half.IsFinite(number),
        _ => true,
    };

    private static ArgumentException NoNumber(object value) =>
        new(Invariant($"`{value}` is not a number that programs have."), nameof(value));
}
