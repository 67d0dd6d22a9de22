using Rlm.Dsl.Types;

namespace Rlm.Dsl.Operators.Rules;

/// <summary>The types of operators' results that need more than a line.</summary>
internal static class ResultTypes
{
    /// <summary>Pieces of a text, or items of a list.</summary>
    public static RlmType Pieces(StageTyping typing) => typing.Input.ItemType is null ? RlmType.ListOf(RlmType.Text) : typing.Input;

    /// <summary><c>chunk n items</c> of a list gives lists; every other form gives texts.</summary>
    public static RlmType Chunk(StageTyping typing)
    {
        bool ofItems = typing.Input.ItemType is { IsTextual: false } || typing.Find(Slots.Unit) == "items"
            || (typing.Has(Slots.Parts) && typing.Input.ItemType is not null);
        return RlmType.ListOf(ofItems && typing.Input.ItemType is { } item ? RlmType.ListOf(item) : RlmType.Text);
    }

    /// <summary>A field for each capture, of the type that <c>as</c> gives it, else text; a typed field may be none.</summary>
    public static RlmType Extract(StageTyping typing)
    {
        var declared = typing.Find(Slots.As) as RecordType;
        return RlmType.ListOf(new RecordType([.. (typing.Find(Slots.CapturePattern)?.Captures ?? [])
            .Select(name => new FieldType(
                name, declared?.Find(name)?.Type is { } type ? (type.Required is DateType ? RlmType.Date : type).OrNone : RlmType.Text))]));
    }

    /// <summary>The row with a field for each capture, any of which may be none.</summary>
    public static RlmType ExtractField(StageTyping typing) => RlmType.ListOf(((RecordType)Extract(typing).ItemType!).Fields
        .Aggregate(TypeRules.RowOf(typing.Item), (row, field) => row.With(field.Name, field.Type.OrNone)));

    /// <summary>The type after <c>as</c>, or text.</summary>
    public static RlmType Reply(StageTyping typing)
    {
        var type = typing.Find(Slots.As) ?? RlmType.Text;
        return (typing.Find(Slots.Or) as BoundExpression)?.Type == RlmType.None ? type.OrNone : type;
    }

    public static RlmType Reduce(StageTyping typing)
    {
        var reply = Reply(typing);
        if (!typing.Has(Slots.By))
            return reply;

        IReadOnlyList<FieldType> fields = reply.Required is RecordType record ? record.Fields : [new FieldType("text", reply)];
        return RlmType.ListOf(MakeKeyedRow(typing, [.. fields]));
    }

    /// <summary><c>extend N = llm</c> adds the field, <c>extend llm … as {…}</c> the record's fields.</summary>
    public static RlmType ExtendReply(StageTyping typing)
    {
        var row = TypeRules.RowOf(typing.Item);
        var reply = Reply(typing);
        if (typing.Find(Slots.Name) is { } name)
            return RlmType.ListOf(row.With(name, reply));

        foreach (var field in (reply.Required as RecordType)?.Fields ?? [])
            row = row.With(field.Name, reply is OptionalType ? field.Type.OrNone : field.Type);
        return RlmType.ListOf(row);
    }

    public static RlmType Extend(StageTyping typing) => RlmType.ListOf(typing.Get(Slots.Bindings)
        .Aggregate(TypeRules.RowOf(typing.Item), (row, binding) => row.With(binding.Name, binding.Value.Type)));

    public static RlmType Select(StageTyping typing) =>
        RlmType.ListOf(new RecordType([.. typing.Get(Slots.Columns).Select(MakeField)]));

    /// <summary>The rows, of which fields that are neither filled nor keys may be none, or the value that is given.</summary>
    public static RlmType Fill(StageTyping typing)
    {
        var row = TypeRules.RowOf(typing.Item);
        var others = OthersOf(typing);
        return RlmType.ListOf(row with
        {
            Fields = [.. row.Fields.Select(field => others.Contains(field) ? field with { Type = TypeOfEmpty(typing, field) } : field)],
        });
    }

    /// <summary>The keys, and a field for each label; other names of columns are known only when the program runs.</summary>
    public static RlmType Pivot(StageTyping typing)
    {
        var row = typing.Item.Required as RecordType;
        if (row?.Find(typing.Find(Slots.Field) ?? "")?.Type.Required is not LabelType { Labels: { Count: > 0 } labels })
            return RlmType.ListOf(MakeKeyedRow(typing) with { IsOpen = true });

        var value = OthersOf(typing) is [var only] ? TypeOfEmpty(typing, only) : RlmType.Unknown;
        FieldType[] columns = [.. labels.Select(label => new FieldType(label, value))];
        return RlmType.ListOf(MakeKeyedRow(typing, columns) with { IsOpen = true });
    }

    /// <summary>The type of a field that also stands where there was no row: the value that is given, 0 of a count, else none.</summary>
    private static RlmType TypeOfEmpty(StageTyping typing, FieldType field) => typing.Find(Slots.With) is { } given
        ? TypeRules.Common(field.Type, given.Type)
        : field.IsCount ? field.Type : TypeRules.Common(field.Type, RlmType.None);

    /// <summary>The fields of a stage's rows that it names neither as its field nor as a key.</summary>
    public static IReadOnlyList<FieldType> OthersOf(StageTyping typing)
    {
        string?[] named = [typing.Find(Slots.Field), .. (typing.Find(Slots.By) ?? []).Select(key => key.Name)];
        return typing.Item.Required is RecordType row ? [.. row.Fields.Where(field => !named.Contains(field.Name))] : [];
    }

    public static RlmType Get(StageTyping typing)
    {
        var row = typing.Input.ItemType ?? typing.Input;
        var field = row.Required is RecordType record && typing.Find(Slots.Field) is { } name
            ? record.Find(TypeRules.FieldNameOf(record, name))?.Type ?? RlmType.Unknown
            : RlmType.Unknown;
        return typing.Input.ItemType is null ? field : RlmType.ListOf(field);
    }

    public static RlmType Flatten(StageTyping typing)
    {
        if (typing.Find(Slots.Field) is { } name && typing.Item.Required is RecordType row)
        {
            var part = row.Find(name)?.Type.ItemType ?? RlmType.Unknown;
            var beside = ((part.Required as RecordType)?.Fields ?? []).Where(field => row.Find(field.Name) is null);
            return RlmType.ListOf(beside.Aggregate(row.With(name, part), static (wider, field) => wider.With(field.Name, field.Type)));
        }

        if (typing.Item.Required is RecordType group && group.Find("items")?.Type.ItemType is { } member)
            return RlmType.ListOf(member);

        return typing.Item.ItemType is { } inner ? RlmType.ListOf(inner) : RlmType.ListOf(RlmType.Unknown);
    }

    public static RlmType Join(StageTyping typing) => JoinWith(typing, type => type);

    public static RlmType LeftJoin(StageTyping typing) => JoinWith(typing, type => type.OrNone);

    public static RlmType Pairs(StageTyping typing) => RlmType.ListOf(PairOf(typing.Item));

    public static RecordType PairOf(RlmType item) => new([new("a", item), new("b", item)]);

    public static RlmType Aggregate(StageTyping typing)
    {
        FieldType[] aggregates = [.. typing.Get(Slots.Aggregates).Select(MakeField)];
        return typing.Has(Slots.By) ? RlmType.ListOf(MakeKeyedRow(typing, aggregates)) : new RecordType(aggregates);
    }

    private static FieldType MakeField(BoundBinding binding) => new(binding.Name, binding.Value.Type) { IsCount = binding.Value.IsCount, Fold = binding.Value.Fold };

    /// <summary>The value of a fold, or a row for each key with the value under the operator's name.</summary>
    public static RlmType FoldBy(StageTyping typing, string name, RlmType type) =>
        typing.Has(Slots.By)
            ? RlmType.ListOf(MakeKeyedRow(typing, new FieldType(name, type) { IsCount = name == "count", Fold = (name, typing.Find(Slots.Value)?.FieldName) }))
            : type;

    /// <summary>The keys, then the given fields.</summary>
    public static RecordType MakeKeyedRow(StageTyping typing, params FieldType[] fields)
    {
        var keys = typing.Get(Slots.By);
        return new RecordType([.. keys.Select(key => new FieldType(key.Name, key.Value.Type)), .. fields])
        {
            KeyField = keys.Count == 1 ? keys[0].Name : null,
            KeyOrigins = [.. keys.SelectMany(key => key.Origins.Where(name => name != key.Name).Select(name => (name, key.Name)))],
        };
    }

    private static ListType JoinWith(StageTyping typing, Func<RlmType, RlmType> otherField)
    {
        string[] on = [.. typing.Get(Slots.On).Select(binding => binding.Name)];
        var left = TypeRules.RowOf(typing.Item);
        if (typing.Find(Slots.Rows)?.Type.ItemType?.Required is not RecordType right)
            return RlmType.ListOf(left with { IsOpen = true });

        return RlmType.ListOf(left with
        {
            Fields = [.. left.Fields,
                .. right.Fields.Where(field => !on.Contains(field.Name)).Select(field => field with { Type = otherField(field.Type) })],
            IsOpen = left.IsOpen || right.IsOpen,
        });
    }
}
