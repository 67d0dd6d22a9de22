using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Rlm.Dsl.Types;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Evaluation.Hosted;

/// <summary>Values of a declared type of the host, by way of their JSON, whose dates and durations are read as such.</summary>
internal static class DeclaredValue
{
    /// <summary>The value, and its type: the declared one, and what the value shows where nothing is declared.</summary>
    public static (Value Value, RlmType Type) Of<T>(T value, JsonTypeInfo<T> info)
    {
        var declared = AnswerShape.Of(info).Type;
        var read = Read(HostValue.OfJson(JsonSerializer.SerializeToUtf8Bytes(value, info)), declared);
        return (read, Refine(declared, [read]));
    }

    /// <summary>Texts as the dates and durations that they are declared to be; what a converter wrote in its own way stays a text.</summary>
    private static Value Read(Value value, RlmType declared) => (value, declared.Required) switch
    {
        (ListValue list, ListType { Item: var item }) => ListValue.Of([.. list.Items.Select(inner => Read(inner, item))]),
        (RecordValue { Shape: var shape } record, RecordType type) => new RecordValue(
            shape, [.. record.Fields.Select((field, i) => Read(field, type.Find(shape.Names[i])?.Type ?? RlmType.Unknown))]),
        (TextValue text, var scalar) when scalar == RlmType.Date =>
            DateText.TryRead(text.ToString()) is { Guess: DateGuess.None } point ? new DateValue(point) : value,
        (TextValue text, var scalar) when scalar == RlmType.Duration =>
            TimeSpan.TryParseExact(text.ToString(), "c", CultureInfo.InvariantCulture, out var duration) ? new DurationValue(duration) : value,
        _ => value,
    };

    /// <summary>The declared type as far as the values are of it; what is not declared, and what a converter made another, is theirs.</summary>
    private static RlmType Refine(RlmType declared, IReadOnlyList<Value> values)
    {
        Value[] there = [.. values.Where(value => value is not NoneValue)];
        var type = declared.Required switch
        {
            ListType list when there.All(value => value is ListValue) =>
                RlmType.ListOf(Refine(list.Item, [.. there.SelectMany(value => ((ListValue)value).Items)])),
            RecordType record when there.All(value => value is RecordValue { Shape: var shape }
                && shape.Names.All(name => record.Find(name) is not null)) => record with
                {
                    Fields = [.. record.Fields.Select(field => field with
                    {
                        Type = Refine(field.Type, [.. there.Select(value => ((RecordValue)value).Find(field.Name) ?? NoneValue.Instance)])
                    })],
                },
            ScalarType scalar when scalar != RlmType.Unknown && there.All(value => ValueTypes.TypeOf(value) == scalar) => scalar,
            _ => ValueTypes.ItemTypeOf(there),
        };
        return declared is OptionalType || there.Length < values.Count ? type.OrNone : type;
    }
}
