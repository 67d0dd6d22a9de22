using Rlm.Dsl.Binders.Meanings;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Operators.Rules;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Resolves names and fields.</summary>
internal sealed class NameBinder(BindingContext context)
{
    /// <summary>Rule 6: parameters, <c>it</c> and <c>index</c>, fields from the inside out, lets, what every text knows.</summary>
    public BoundExpression Bind(NameSyntax name, ItemScope? scope)
    {
        if (BindItemName(name, scope) is { } item)
            return item;

        var variable = context.Variables.TryGetValue(name.Name, out var symbol) ? new BoundVariable(name.Span, symbol.Type, symbol) : null;
        int depth = 0;
        for (var level = scope; level is not null; level = level.Outer, depth++)
        {
            if (!level.HasFields)
                continue;

            // An item with a name of its own says which names are its fields: `r => r.n > n`.
            if (level.Parameter is not null && symbol?.Definition is not null)
                return variable!;

            var target = new BoundItem(name.Span, level.Item, depth);
            if (BindFieldOf(target, name.Name, name.Span) is { } field)
            {
                level.Use.IsRead = true;
                return field;
            }

            if (level.Item.Required is RecordType { IsOpen: true } || level.Item.Required == RlmType.Unknown)
            {
                level.Use.IsRead = true;
                return new BoundOpenField(name.Span, target, name.Name, (BoundExpression?)variable ?? Provenance(name, scope));
            }
        }

        if (variable is not null)
            return variable;

        if (Provenance(name, scope) is { } provenance)
            return provenance;

        if (BindKeyByOrigin(name, scope) is { } key)
            return key;

        if (BindFunctionOfItem(name, scope) is { } called)
            return called;

        if (BindMeant(name, scope) is { } meant)
            return meant;

        // `count` of a group is that of its items.
        if (FunctionCatalog.Find(name.Name)?.Is(FunctionTraits.CountsItems) == true && (IsGroup(scope) || scope is { IsGroup: true }))
            return context.Calls.Bind(name.Span, new IdentifierSyntax(name.Span, name.Name), [], scope, null);

        if (scope is { IsGroup: false, HasFields: true } && ForeignWords.ItemNames.Contains(name.Name.ToLowerInvariant()))
        {
            context.Report(DslDiagnostics.ReadAs, name.Span, $"`{name.Name}` is read as the item, which is called `it`", "write `it`");
            return ReadItem(scope, 0, name.Span);
        }

        UnknownName.Report(name, scope, context);
        return BoundLiteral.MakeMissing(name.Span);
    }

    /// <summary>A computed key by the name of what computes it, where nothing else has that name.</summary>
    private static BoundField? BindKeyByOrigin(NameSyntax name, ItemScope? scope)
    {
        int depth = 0;
        for (var level = scope; level is not null; level = level.Outer, depth++)
        {
            if (!level.HasFields || level.Item.Required is not RecordType row || row.FindKeyBy(name.Name) is not { } key)
                continue;

            level.Use.IsRead = true;
            return (BoundField)BindFieldOf(new BoundItem(name.Span, level.Item, depth), key, name.Span)!;
        }

        return null;
    }

    /// <summary>The field of the item, or of one further out, that alone can be meant.</summary>
    private BoundExpression? BindMeant(NameSyntax name, ItemScope? scope)
    {
        if (MeantField.Find(scope, name.Name) is not var (level, depth, field))
            return null;

        level.Use.IsRead = true;
        ReportMeant(name.Span, name.Name, field);
        return BindFieldOf(new BoundItem(name.Span, level.Item, depth), field, name.Span);
    }

    /// <summary>Tells that a name is read as a field of another.</summary>
    public void ReportMeant(SourceSpan span, string name, string field) =>
        context.Report(DslDiagnostics.ReadAs, span, $"there is no `{name}`: it is read as `{field}`",
            Names.Write(field) is ['`', ..] quoted ? $"write {quoted}" : $"write `{Names.Write(field)}`");

    /// <summary><c>map lower</c>, <c>where length > 40</c>: a function of texts where the item is one.</summary>
    private BoundExpression? BindFunctionOfItem(NameSyntax name, ItemScope? scope)
    {
        string function = FunctionSynonyms.Canonical(name.Name) ?? name.Name;
        return RlmType.Doc.Find(name.Name) is null && FunctionCatalog.Find(function)?.Is(FunctionTraits.IsBareOfText) == true
            && scope is { HasFields: true, IsGroup: false, Item: { IsTextual: true } and not RecordType }
            ? context.Calls.Bind(name.Span, new IdentifierSyntax(name.Span, function), [CallArgumentSyntax.Of(new NameSyntax(name.Span, "it"))], scope, null)
            : null;
    }

    /// <summary>The fields and variables that have a name in the scope.</summary>
    public IEnumerable<string> NamesIn(ItemScope? scope)
    {
        IEnumerable<string> names = context.Variables.Keys;
        for (var level = scope; level is not null; level = level.Outer)
            names = names.Concat((level.Item.Required as RecordType)?.Fields.Select(field => field.Name) ?? []);
        return names;
    }

    /// <summary>Whether something has the name in the scope.</summary>
    public bool IsKnown(string name, ItemScope? scope)
    {
        for (var level = scope; level is not null; level = level.Outer)
        {
            if (level.Parameter == name || level.Item.Required == RlmType.Unknown
                || (level.Item.Required is RecordType row && (row.IsOpen || row.Find(name) is not null)))
                return true;
        }

        return context.Variables.ContainsKey(name);
    }

    /// <summary>Whether something has the name in the scope, what every item has included.</summary>
    public bool IsDefined(string name, ItemScope? scope) =>
        IsKnown(name, scope) || (scope is not null && (name is "it" or "index" || ProvenanceOf(name) is not null));

    /// <summary>Whether only the items of the group that is the item have a field of that name.</summary>
    public bool IsOfGroupItems(string name, ItemScope? scope) =>
        IsGroup(scope) && !IsKnown(name, scope)
            && ((RecordType)scope!.Item.Required).Find("items")!.Type.ItemType!.Required is RecordType member
                && member.Find(name) is not null;

    private static bool IsGroup(ItemScope? scope) =>
        scope is { HasFields: true, Item.Required: RecordType row } && row.Find("items")?.Type.ItemType is not null;

    /// <summary>A field of a value: of a record, of the rows of a list, or where a text comes from.</summary>
    public BoundExpression BindMember(BoundExpression target, string name, SourceSpan nameSpan, SourceSpan span)
    {
        if (BindFieldOf(target, name, span) is { } field)
            return field;

        if (RowOfFold.Report(target, name, nameSpan, context))
            return BoundLiteral.MakeMissing(span);

        if (target.Type.Required is RecordType keyed && keyed.FindKeyBy(name) is { } computed)
            return BindFieldOf(target, computed, span)!;

        if (PandasForms.Accessors.Contains(name) && (target.Type.IsTextual || target.Type.Required == RlmType.Date))
            return target;

        if (target.Type.ItemType is { } item)
        {
            if (item.Required is RecordType row && row.Find(TypeRules.MemberNameOf(row, name)) is { } column)
                return new BoundField(span, RlmType.ListOf(column.Type), target, TypeRules.MemberNameOf(row, name));
            if (item.Required is RecordType { IsOpen: true } || item.Required == RlmType.Unknown)
                return new BoundField(span, RlmType.ListOf(RlmType.Unknown), target, name);
            if (ProvenanceOf(name) is { } listKind)
                return new BoundProvenance(span, RlmType.ListOf(TypeOf(listKind)), listKind, target);

            if (BindFunctionAsField(target, name, nameSpan, span) is { } folded)
                return folded;
            if (item.Required is RecordType rows && MeantField.Find(rows, name) is { } alike)
            {
                ReportMeant(nameSpan, name, alike);
                return new BoundField(span, RlmType.ListOf(rows.Find(alike)!.Type), target, alike);
            }

            if (PandasForms.Places.Contains(name))
                return target;
            if (PandasForms.Columns.Contains(name))
            {
                string list = context.TextAt(target.Span);
                context.Report(DslDiagnostics.WrongOperand, nameSpan, $"rows have no field `{name}`", $"the columns are told by `{list} | describe`, and how many rows there are by `count({list})`");
            }
            else if (!ReportFunctionAsField(target, name, nameSpan))
            {
                UnknownField.Report(nameSpan, name, TypeRules.RowOf(item), context.Sink);
            }

            return BoundLiteral.MakeMissing(span);
        }

        if (target.Type.Required == RlmType.Duration && DurationUnits.Find(name) is { } unit)
        {
            return new BoundBinary(span, target.Type is OptionalType ? RlmType.Number.OrNone : RlmType.Number, BinaryOperator.Divide, target,
                new BoundLiteral(nameSpan, RlmType.Duration, unit));
        }

        if (ProvenanceOf(name) is { } kind && (target.Type.IsTextual || target.Type.Required is RecordType { IsOpen: false }))
            return new BoundProvenance(span, TypeOf(kind), kind, target);

        if (target.Type.Required is RecordType { IsOpen: true } || target.Type.Required == RlmType.Unknown)
            return new BoundOpenField(
                span, target, name, ProvenanceOf(name) is { } open ? new BoundProvenance(span, TypeOf(open), open, target) : null);

        if (BindFunctionAsField(target, name, nameSpan, span) is { } called)
            return called;
        if (ReportFunctionAsField(target, name, nameSpan))
            return BoundLiteral.MakeMissing(span);

        if (target.Type.Required is RecordType record)
        {
            if (MeantField.Find(record, name) is { } meant)
            {
                ReportMeant(nameSpan, name, meant);
                return BindFieldOf(target, meant, span)!;
            }

            UnknownField.Report(nameSpan, name, record, context.Sink);
        }
        else
            context.Report(DslDiagnostics.UnknownField, nameSpan,
                $"{target.Type.WithArticle} has no field `{name}`",
                target.Type.IsTextual ? "a text has `text`, `name`, `line`, `at` and `cite`" : $"leave `.{name}` out");
        return BoundLiteral.MakeMissing(span);
    }

    private static BoundExpression? BindItemName(NameSyntax name, ItemScope? scope)
    {
        int depth = 0;
        for (var level = scope; level is not null; level = level.Outer, depth++)
        {
            if (level.Parameter == name.Name)
                return ReadItem(level, depth, name.Span);
        }

        if (scope is null)
            return null;

        return name.Name switch
        {
            "it" => ReadItem(scope, 0, name.Span),
            "index" => BindIndex(name, scope),
            _ => null,
        };
    }

    /// <summary>The item's place, unless the rows have a field of that name.</summary>
    private static BoundExpression BindIndex(NameSyntax name, ItemScope scope)
    {
        var place = new BoundIndex(name.Span, 0);
        scope.Use.IsRead = true;
        if (!scope.HasFields)
            return place;

        var target = new BoundItem(name.Span, scope.Item, 0);
        var field = scope.Item.Required is RecordType { IsOpen: true } || scope.Item.Required == RlmType.Unknown
            ? new BoundOpenField(name.Span, target, name.Name, place)
            : BindFieldOf(target, name.Name, name.Span);
        return field ?? place;
    }

    private static BoundItem ReadItem(ItemScope level, int depth, SourceSpan span)
    {
        level.Use.IsRead = true;
        return new BoundItem(span, level.Item, depth);
    }

    /// <summary>A field that the target's type has: of a record, of the records of a list, or <c>text</c> of a text.</summary>
    private static BoundExpression? BindFieldOf(BoundExpression target, string name, SourceSpan span)
    {
        var type = target.Type.Required;
        if (type is RecordType record)
        {
            string fieldName = TypeRules.FieldNameOf(record, name);
            return record.Find(fieldName) is { } field
                ? new BoundField(span, target.Type is OptionalType ? field.Type.OrNone : field.Type, target, fieldName)
                : null;
        }

        return name == "text" && type.IsTextual ? target : null;
    }

    private static BoundProvenance? Provenance(NameSyntax name, ItemScope? scope) =>
        scope is { HasFields: true } && ProvenanceOf(name.Name) is { } kind
            ? new BoundProvenance(name.Span, TypeOf(kind), kind, ReadItem(scope, 0, name.Span))
            : null;

    private static ProvenanceKind? ProvenanceOf(string name) => name switch
    {
        "name" => ProvenanceKind.Name,
        "line" => ProvenanceKind.Line,
        "at" => ProvenanceKind.At,
        "cite" => ProvenanceKind.Cite,
        _ => null,
    };

    private static RlmType TypeOf(ProvenanceKind kind) =>
        (kind is ProvenanceKind.Line or ProvenanceKind.At ? RlmType.Number : RlmType.Text).OrNone;

    /// <summary>
    /// <c>date.month</c>, <c>text.length</c> and <c>rows.count</c> are how other languages call these functions.
    /// A part of a text that is the item itself is none: whoever writes that takes the item for a row.
    /// </summary>
    private BoundExpression? BindFunctionAsField(BoundExpression target, string name, SourceSpan nameSpan, SourceSpan span)
    {
        var owner = target.Type.ItemType is not null ? FieldOwners.List
            : target.Type.Required == RlmType.Date ? FieldOwners.Date
            : !target.Type.IsTextual ? FieldOwners.None
            : target is BoundItem or BoundVariable { Symbol.Definition: null } ? FieldOwners.Text
            : FieldOwners.Text | FieldOwners.Date;
        return FunctionCatalog.Find(name) is { } function && (function.FieldOf & owner) != 0 ? context.Calls.Bind(span, new IdentifierSyntax(nameSpan, name), [], null, target) : null;
    }

    /// <summary><c>x.length</c> and <c>rows.count</c> are how other languages call a function.</summary>
    private bool ReportFunctionAsField(BoundExpression target, string name, SourceSpan span)
    {
        if (context.FindFunction(name) is not { Parameters.Count: 1 } || target.Type.Required is RecordType { TextField: null })
            return false;

        context.Report(DslDiagnostics.UnknownField, span,
            $"`{name}` is a function, not a field",
            target.Type.ItemType is null ? $"write `{name}({context.TextAt(target.Span)})`" : $"write `({context.TextAt(target.Span)} | map {name}(it))`");
        return true;
    }
}
