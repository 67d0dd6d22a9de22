using Rlm.Dsl.Types;

namespace Rlm.Runtime.Answers;

/// <summary>Shapes and types of the language: what one is as the other, and where an answer cannot have the shape that it must have.</summary>
internal static class ShapeTypes
{
    /// <summary>
    /// The type of the values of a shape; unknown for what only the value can tell, such as the form of an enum, the names of a dictionary,
    /// or how deep a shape stands in itself.
    /// </summary>
    public static RlmType TypeOf(ShapeNode node) => TypeOf(node, []);

    /// <param name="node">The shape.</param>
    /// <param name="within">The types and named shapes that it stands in.</param>
    private static RlmType TypeOf(ShapeNode node, HashSet<object> within)
    {
        object? self = node is NamedShape ? node : (node as RecordShapeNode)?.TypeName;
        if (self is not null && !within.Add(self))
            return RlmType.Unknown;

        var type = node switch
        {
            NamedShape named => TypeOf(named.Target.Value, within),
            TextShape { Form: TextForm.Duration or TextForm.TimeSpan } => RlmType.Duration,
            TextShape { Form: not TextForm.Plain } => RlmType.Date,
            TextShape => RlmType.Text,
            NumberShape => RlmType.Number,
            BoolShape => RlmType.Bool,
            ListShape list => RlmType.ListOf(TypeOf(list.Item, within)),
            RecordShapeNode record => new RecordType([.. record.Fields.Select(field => FieldOf(field, within))]),
            _ => RlmType.Unknown,
        };
        if (self is not null)
            within.Remove(self);
        return node.AllowsNone ? type.OrNone : type;
    }

    private static FieldType FieldOf(ShapeField field, HashSet<object> within)
    {
        var type = TypeOf(field.Value, within);
        return new FieldType(field.Name, field.MayBeLeftOut ? type.OrNone : type);
    }

    /// <summary>What of the type can never be of the shape, in a few words; null where it may fit.</summary>
    public static string? FindMismatch(ShapeNode node, RlmType type) => FindMismatch(node, type, isRoot: true);

    private static string? FindMismatch(ShapeNode node, RlmType type, bool isRoot)
    {
        var given = type.Required;
        if (given == RlmType.Unknown || node is AnyShape or NamedShape or UnionShape)
            return null;
        if (given == RlmType.None)
            return node.AllowsNone ? null : "it is none";
        // A text may be JSON, or read as what is wanted.
        if (given.IsTextual)
            return !isRoot && node is ListShape or RecordShapeNode or MapShape && given is not RecordType ? $"it is {given.WithArticle}" : null;

        return node switch
        {
            ListShape list => given is ListType items ? AtItem(FindMismatch(list.Item, items.Item, false))
                : given is RecordType { Fields: [{ Type: var only }] } && only.ItemType is { } item ? AtItem(FindMismatch(list.Item, item, false))
                : given is RecordType { IsOpen: true } ? null
                : $"it is {given.WithArticle} and no list",
            MapShape map => FindInMap(map, given),
            RecordShapeNode record => FindInRecord(record, given),
            _ => FindInScalar(node, given),
        };
    }

    private static string? FindInRecord(RecordShapeNode shape, RlmType given)
    {
        if (given is ListType { Item: var item })
            return FindMismatch(shape, item, false);
        if (given is not RecordType record)
            return $"it is {given.WithArticle}";

        foreach (var field in shape.Fields)
        {
            var found = record.Find(field.Name)
                ?? record.Fields.FirstOrDefault(other => string.Equals(other.Name, field.Name, StringComparison.OrdinalIgnoreCase));
            if (found is null && field.IsRequired && !record.IsOpen && !(field.Name == "key" && record.KeyField is not null))
                return $"`{field.Name}` is missing";
            if (found is not null && FindMismatch(field.Value, found.Type, false) is { } problem)
                return $"`{field.Name}`: {problem}";
        }

        return null;
    }

    private static string? FindInMap(MapShape shape, RlmType given) => given switch
    {
        RecordType record => record.Fields.Select(field => FindMismatch(shape.Value, field.Type, false) is { } problem ? $"`{field.Name}`: {problem}" : null)
            .FirstOrDefault(static problem => problem is not null),
        ListType { Item: RecordType { IsOpen: false } row } when row.Fields.Count != 2 => "its rows are not of a name and a value",
        ListType { Item: RecordType { IsOpen: false } row } => FindMismatch(shape.Value, row.Fields[1].Type, false),
        ListType { Item: var item } when item.Required is RecordType || item == RlmType.Unknown => null,
        _ => $"it is {given.WithArticle}",
    };

    private static string? FindInScalar(ShapeNode node, RlmType given) => given switch
    {
        ListType { Item: var item } => FindMismatch(node, item, false),
        RecordType { Fields: [{ Type: var only }] } => FindMismatch(node, only, false),
        RecordType { IsOpen: true } => null,
        RecordType => "it is a record and no single value",
        _ when node is TextShape { Form: TextForm.Plain } or LabelShape => null,
        _ when node is NumberShape => given == RlmType.Number || given == RlmType.Duration ? null : $"it is {given.WithArticle}",
        _ when node is BoolShape => given == RlmType.Bool ? null : $"it is {given.WithArticle}",
        _ when node is TextShape { Form: TextForm.Duration or TextForm.TimeSpan } => given == RlmType.Duration ? null : $"it is {given.WithArticle}",
        _ => given == RlmType.Date ? null : $"it is {given.WithArticle}",
    };

    private static string? AtItem(string? problem) => problem is null ? null : $"an item: {problem}";
}
