using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

internal sealed partial class ProgramBinder
{
    /// <summary>Rule 6: parameters, <c>it</c> and <c>index</c>, fields from the inside out, lets, what every text knows.</summary>
    private BoundExpression BindName(NameSyntax name, ItemScope? scope)
    {
        if (BindItemName(name, scope) is { } item)
            return item;

        var variable = _variables.TryGetValue(name.Name, out var symbol) ? new BoundVariable(name.Span, symbol.Type, symbol) : null;
        int depth = 0;
        for (var level = scope; level is not null; level = level.Outer, depth++)
        {
            if (!level.HasFields)
                continue;

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

        ReportUnknownName(name, scope);
        return Missing(name.Span);
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
        if (!scope.HasFields)
            return place;

        var target = new BoundItem(name.Span, scope.Item, 0);
        var field = scope.Item.Required is RecordType { IsOpen: true } || scope.Item.Required == RlmType.Unknown
            ? new BoundOpenField(name.Span, target, name.Name, place)
            : BindFieldOf(target, name.Name, name.Span);
        scope.Use.IsRead |= field is not null;
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
            ? new BoundProvenance(name.Span, TypeOf(kind), kind, new BoundItem(name.Span, scope.Item, 0))
            : null;

    private static ProvenanceKind? ProvenanceOf(string name) => name switch
    {
        "name" => ProvenanceKind.Name,
        "line" => ProvenanceKind.Line,
        "at" => ProvenanceKind.At,
        "cite" => ProvenanceKind.Cite,
        _ => null,
    };

    private static RlmType TypeOf(ProvenanceKind kind) => (kind is ProvenanceKind.Line or ProvenanceKind.At ? RlmType.Number : RlmType.Text).OrNone;

    private BoundExpression BindMember(MemberSyntax member, ItemScope? scope)
    {
        var target = BindExpression(member.Target, scope);
        return BindMember(target, member.Member.Name, member.Member.Span, member.Span);
    }

    private BoundExpression BindMember(BoundExpression target, string name, SourceSpan nameSpan, SourceSpan span)
    {
        if (BindFieldOf(target, name, span) is { } field)
            return field;

        if (target.Type.ItemType is { } item)
        {
            if (item.Required is RecordType row && row.Find(TypeRules.FieldNameOf(row, name)) is { } column)
                return new BoundField(span, RlmType.ListOf(column.Type), target, TypeRules.FieldNameOf(row, name));
            if (item.Required is RecordType { IsOpen: true } || item.Required == RlmType.Unknown)
                return new BoundField(span, RlmType.ListOf(RlmType.Unknown), target, name);
            if (ProvenanceOf(name) is { } listKind)
                return new BoundProvenance(span, RlmType.ListOf(TypeOf(listKind)), listKind, target);

            if (!ReportFunctionAsField(target, name, nameSpan))
                ReportUnknownField(nameSpan, name, TypeRules.RowOf(item));
            return Missing(span);
        }

        if (ProvenanceOf(name) is { } kind && (target.Type.IsTextual || target.Type.Required is RecordType { IsOpen: false }))
            return new BoundProvenance(span, TypeOf(kind), kind, target);

        if (target.Type.Required is RecordType { IsOpen: true } || target.Type.Required == RlmType.Unknown)
            return new BoundOpenField(span, target, name, ProvenanceOf(name) is { } open ? new BoundProvenance(span, TypeOf(open), open, target) : null);

        if (ReportFunctionAsField(target, name, nameSpan))
            return Missing(span);

        if (target.Type.Required is RecordType record)
            ReportUnknownField(nameSpan, name, record);
        else
            Report(DslDiagnostics.UnknownField, nameSpan, $"{Article(target.Type)} has no field `{name}`", target.Type.IsTextual ? "a text has `text`, `name`, `line`, `at` and `cite`" : $"leave `.{name}` out");
        return Missing(span);
    }

    /// <summary><c>x.length</c> and <c>rows.count</c> are how other languages call a function.</summary>
    private bool ReportFunctionAsField(BoundExpression target, string name, SourceSpan span)
    {
        if (FindFunction(name) is not { Parameters.Count: 1 } || target.Type.Required is RecordType { TextField: null })
            return false;

        Report(DslDiagnostics.UnknownField, span, $"`{name}` is a function, not a field", $"write `{name}({_source.TextAt(target.Span)})`");
        return true;
    }

    private void ReportUnknownField(SourceSpan span, string name, RecordType row)
    {
        string[] names = [.. row.Fields.Select(field => field.Name)];
        string? near = NameSuggestion.For(name, names);
        string there = names.Length == 0 ? "the rows have no fields" : $"there {(names.Length == 1 ? "is" : "are")} {string.Join(", ", names.Select(field => $"`{field}`"))}";
        Report(DslDiagnostics.UnknownField, span, near is null ? $"there is no field `{name}`" : $"there is no field `{name}`; did you mean `{near}`?", there);
    }

    private void ReportUnknownName(NameSyntax name, ItemScope? scope)
    {
        var fields = new List<string>();
        bool isWholeList = false;
        for (var level = scope; level is not null; level = level.Outer)
        {
            isWholeList |= !level.HasFields;
            var type = level.HasFields ? level.Item.Required : level.Item.ItemType?.Required;
            if (level.HasFields && type is RecordType record)
                fields.AddRange(record.Fields.Select(field => field.Name));
            else if (!level.HasFields && type is RecordType inner && inner.Find(name.Name) is not null)
            {
                Report(DslDiagnostics.UnknownName, name.Span, $"`{name.Name}` is a field of each item, and here the whole list is meant",
                    level.IsGroup ? $"aggregate it: `max({name.Name})`, `first({name.Name})`, `list({name.Name})`" : "ask item by item with `map llm`, or leave the hole out: the items are put below the prompt");
                return;
            }
        }

        for (var level = scope; level is not null; level = level.Outer)
        {
            if ((level.Item.Required as RecordType)?.Find("items")?.Type.ItemType?.Required is RecordType member && member.Find(name.Name) is not null)
            {
                Report(DslDiagnostics.UnknownName, name.Span, $"`{name.Name}` is a field of the group's items", $"write `items.{name.Name}` for the list of them, or `(items | get {name.Name} | first)`");
                return;
            }
        }

        if (name.Name is "None" or "NULL" or "True" or "False" or "TRUE" or "FALSE" or "undefined")
        {
            string constant = name.Name is "True" or "TRUE" ? "true" : name.Name is "False" or "FALSE" ? "false" : "none";
            Report(DslDiagnostics.UnknownName, name.Span, $"there is no name `{name.Name}`; did you mean `{constant}`?", $"write `{constant}`");
            return;
        }

        if (scope is not null && !isWholeList && name.Name.ToLowerInvariant() is "item" or "row" or "_" or "this" or "self" or "record" or "element" or "value" or "doc" or "elem")
        {
            Report(DslDiagnostics.UnknownName, name.Span, $"the item is called `it`, not `{name.Name}`", fields.Count > 0 ? $"write `it`, or a field alone: {string.Join(", ", fields.Distinct().Take(10).Select(field => $"`{field}`"))}" : "write `it`");
            return;
        }

        if (name.Name == "count" && scope is not null && (isWholeList || fields.Contains("items")))
        {
            Report(DslDiagnostics.UnknownName, name.Span, "there is no name `count` here; as a function it takes a list", isWholeList ? "write `count()`" : "write `count(items)`");
            return;
        }

        if (OperatorForms.Of(name.Name).Count > 0 && scope is not null && name.Name is "count" or "sum" or "first" or "last" or "min" or "max" or "average")
        {
            Report(DslDiagnostics.UnknownName, name.Span, $"there is no name `{name.Name}` here; as a function it takes a list", $"write `{name.Name}(LIST)`, or pipe: `(LIST | {name.Name})`");
            return;
        }

        if (ForeignWords.HelpFor(name.Name) is { } misread)
        {
            Report(DslDiagnostics.UnknownName, name.Span, $"`{name.Name}` is nothing here", misread);
            return;
        }

        if (name.Name.Contains(' ') && (name.Name.Contains('{') || fields.Count == 0 || name.Name is [.., '.' or '?']))
        {
            Report(DslDiagnostics.UnknownName, name.Span, "backticks name a field, and there is none of this name; a text stands in double quotes", $"write `\"{name.Name.Replace("\"", "\\\"").Replace("${", "{")}\"`");
            return;
        }

        string[] known = [.. fields, .. _variables.Keys, .. scope is null ? (string[])[] : ["it", "index"]];
        string? near = NameSuggestion.For(name.Name, known);
        string there = known.Length == 0 ? "no names are defined" : $"there {(known.Length == 1 ? "is" : "are")} {string.Join(", ", known.Distinct().Take(20).Select(other => $"`{other}`"))}";
        string hint = near is null && !isWholeList ? $"; a text is written \"{name.Name}\"" : "";
        Report(DslDiagnostics.UnknownName, name.Span, near is null ? $"there is no name `{name.Name}` here" : $"there is no name `{name.Name}`; did you mean `{near}`?", there + hint);
    }
}
