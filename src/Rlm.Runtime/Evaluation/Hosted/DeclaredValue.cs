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
        var declared = TypeOf(info, []);
        var read = Read(HostValue.OfJson(JsonSerializer.SerializeToUtf8Bytes(value, info)), declared);
        return (read, Refine(declared, [read]));
    }

    /// <summary>The type that is declared; unknown for what only the value can tell, such as a dictionary's keys.</summary>
    private static RlmType TypeOf(JsonTypeInfo info, HashSet<Type> within)
    {
        var type = Nullable.GetUnderlyingType(info.Type) ?? info.Type;
        if (type != info.Type)
            return ScalarOf(type).OrNone;
        if (info.Kind is JsonTypeInfoKind.None or JsonTypeInfoKind.Dictionary || !within.Add(type))
            return info.Kind == JsonTypeInfoKind.None ? ScalarOf(type) : RlmType.Unknown;

        RlmType declared = info.Kind == JsonTypeInfoKind.Enumerable
            ? RlmType.ListOf(info.ElementType is { } element ? TypeOf(info.Options.GetTypeInfo(element), within) : RlmType.Unknown)
            : new RecordType([.. info.Properties.Where(property => property.Get is not null).Select(property => FieldOf(property, within))]);
        within.Remove(type);
        return declared;
    }

    private static FieldType FieldOf(JsonPropertyInfo property, HashSet<Type> within)
    {
        var type = TypeOf(property.Options.GetTypeInfo(property.PropertyType), within);
        bool mayBeNone = property.ShouldSerialize is not null || property is { IsGetNullable: true, PropertyType.IsValueType: false };
        return new FieldType(property.Name, mayBeNone ? type.OrNone : type);
    }

    private static RlmType ScalarOf(Type type) =>
        type == typeof(bool) ? RlmType.Bool
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) || type == typeof(DateOnly) || type == typeof(TimeOnly)
            ? RlmType.Date
        : type == typeof(TimeSpan) ? RlmType.Duration
        : type == typeof(string) || type == typeof(char) || type == typeof(Guid) || type == typeof(Uri) ? RlmType.Text
        : !type.IsEnum && Type.GetTypeCode(type) is >= TypeCode.SByte and <= TypeCode.Decimal ? RlmType.Number
        : RlmType.Unknown;

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
