using Rlm.Dsl.Types;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Tables;

/// <summary>The types of values that nobody declared.</summary>
internal static class ValueTypes
{
    /// <summary>The fields of all rows, optional where a row lacks one or has none.</summary>
    public static RecordType RecordOf(IReadOnlyList<RecordValue> rows)
    {
        var names = new List<string>();
        var types = new Dictionary<string, (RlmType? Type, int Count)>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            for (int i = 0; i < row.Fields.Count; i++)
            {
                string name = row.Shape.Names[i];
                if (!types.TryGetValue(name, out var known))
                    names.Add(name);
                var type = TypeOf(row.Fields[i]);
                types[name] = (Merge(known.Type, type), known.Count + (type is null ? 0 : 1));
            }
        }

        return new RecordType([.. names.Select(name => new FieldType(name, types[name] is var (type, count) && count == rows.Count
            ? type ?? RlmType.Unknown
            : (type ?? RlmType.Unknown).OrNone))]);
    }

    /// <summary>The type of a value; null for none, which has every optional type.</summary>
    public static RlmType? TypeOf(Value value) => value switch
    {
        TextValue => RlmType.Text,
        NumberValue => RlmType.Number,
        BoolValue => RlmType.Bool,
        DateValue => RlmType.Date,
        DurationValue => RlmType.Duration,
        RecordValue record => RecordOf([record]),
        ListValue list => RlmType.ListOf(ItemTypeOf(list.ReadAll())),
        _ => null,
    };

    /// <summary>The type that all of the values have, unknown where there is none.</summary>
    public static RlmType ItemTypeOf(IReadOnlyList<Value> items)
    {
        Value[] there = [.. items.Where(item => item is not NoneValue)];
        var type = there.Length > 0 && there.All(item => item is RecordValue)
            ? RecordOf([.. there.Cast<RecordValue>()])
            : there.Select(TypeOf).Aggregate((RlmType?)null, Merge) ?? RlmType.Unknown;
        return there.Length < items.Count ? type.OrNone : type;
    }

    private static RlmType? Merge(RlmType? first, RlmType? second)
    {
        if (first is null || second is null || first == second)
            return first ?? second;
        if (first is ListType { Item: var one } && second is ListType { Item: var other })
            return RlmType.ListOf(one == RlmType.Unknown ? other : other == RlmType.Unknown ? one : Merge(one, other) ?? RlmType.Unknown);
        if (first is not RecordType left || second is not RecordType right)
            return RlmType.Unknown;

        var merged = left with
        {
            Fields = [.. left.Fields.Select(known => right.Find(known.Name) is { } same
            ? known with { Type = MakeOptional(Merge(known.Type.Required, same.Type.Required), known.Type, same.Type) }
            : known with { Type = known.Type.OrNone })]
        };
        return right.Fields.Where(added => left.Find(added.Name) is null)
            .Aggregate(merged, (record, added) => record.With(added.Name, added.Type.OrNone));
    }

    private static RlmType MakeOptional(RlmType? type, RlmType first, RlmType second) =>
        first is OptionalType || second is OptionalType ? (type ?? RlmType.Unknown).OrNone : type ?? RlmType.Unknown;
}
