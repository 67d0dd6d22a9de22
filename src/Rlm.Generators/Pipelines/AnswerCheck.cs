using Rlm.Dsl.Types;
using Rlm.Generators.Tools;

namespace Rlm.Generators.Pipelines;

/// <summary>Tells where a program's answer can never be of the type that its method gives. A text may read as anything.</summary>
internal static class AnswerCheck
{
    /// <summary>What does not fit, in a few words; null where it may fit.</summary>
    public static string? FindMismatch(HostType wanted, RlmType given)
    {
        var type = given.Required;
        if (wanted is OptionalHostType optional)
            return type == RlmType.None ? null : FindMismatch(optional.Inner, given);
        if (type == RlmType.Unknown || type.IsTextual)
            return null;
        if (type == RlmType.None)
            return "it is none";

        return wanted switch
        {
            ListHostType list => type is ListType items ? FindMismatch(list.Item, items.Item) is { } item ? $"an item: {item}" : null
                : type is RecordType ? null
                : $"it is {given.WithArticle} and no list",
            DictionaryHostType => type is RecordType or ListType { Item: RecordType or ScalarType { Name: "any" } } ? null
                : $"it is {given.WithArticle}, and neither a record nor rows",
            RecordHostType record => FindInRecord(record, type),
            // The only item of a list is a value, and so is the only field of a record.
            ScalarHostType or LabelHostType when type is ListType single => FindMismatch(wanted, single.Item),
            ScalarHostType or LabelHostType when type is RecordType row =>
                row.IsOpen ? null : row.Fields.Count == 1 ? FindMismatch(wanted, row.Fields[0].Type) : "it is a record",
            ScalarHostType scalar => Fits(scalar.Kind, type) ? null : $"it is {given.WithArticle}",
            _ => null,
        };
    }

    private static string? FindInRecord(RecordHostType wanted, RlmType given)
    {
        if (given is ListType { Item: var item })
            return FindMismatch(wanted, item);
        if (given is not RecordType record)
            return $"it is {given.WithArticle} and no record";

        foreach (var property in wanted.Properties)
        {
            var field = record.Find(property.Field)
                ?? record.Fields.FirstOrDefault(other => string.Equals(other.Name, property.Field, StringComparison.OrdinalIgnoreCase));
            if (field is null && !record.IsOpen && !(property.Field == "key" && record.KeyField is not null))
                return $"`{property.Field}` is missing";
            if (field is not null && FindMismatch(property.Type, field.Type) is { } problem)
                return $"`{property.Field}`: {problem}";
        }

        return null;
    }

    private static bool Fits(ScalarKind kind, RlmType type) => kind switch
    {
        ScalarKind.Whole or ScalarKind.Number => type == RlmType.Number || type == RlmType.Duration,
        ScalarKind.Bool => type == RlmType.Bool,
        ScalarKind.DateOnly or ScalarKind.DateTime or ScalarKind.DateTimeOffset => type == RlmType.Date,
        ScalarKind.TimeSpan => type == RlmType.Duration,
        _ => true,
    };
}
