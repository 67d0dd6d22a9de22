using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Misreadings.Queries;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>A name that is nothing where it stands, and what it was meant as.</summary>
internal static class UnknownName
{
    public static void Report(NameSyntax name, ItemScope? scope, BindingContext context)
    {
        if (scope is null && name.Name == "grep" && ShellGrep.TellAnchored(context.Sink.TextFrom(name.Span.End), name.Span.End) is { } anchored)
        {
            context.Sink.Report(anchored);
            return;
        }

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
                context.Report(DslDiagnostics.UnknownName, name.Span,
                    $"`{name.Name}` is a field of each item, and here the whole list is meant",
                    level.IsGroup
                        ? $"aggregate it: `max({name.Name})`, `first({name.Name})`, `list({name.Name})`"
                        : "ask item by item with `map llm`, or leave the hole out: the items are put below the prompt");
                return;
            }
        }

        for (var level = scope; level is not null; level = level.Outer)
        {
            if ((level.Item.Required as RecordType)?.Find("items")?.Type.ItemType?.Required is RecordType member
                && member.Find(name.Name) is not null)
            {
                context.Report(DslDiagnostics.UnknownName, name.Span,
                    $"`{name.Name}` is a field of the group's items",
                    $"write `items.{name.Name}` for the list of them, or `(items | get {name.Name} | first)`");
                return;
            }
        }

        if (scope is not null && !isWholeList && ForeignWords.ItemNames.Contains(name.Name.ToLowerInvariant()))
        {
            context.Report(DslDiagnostics.UnknownName, name.Span,
                $"the item is called `it`, not `{name.Name}`",
                fields.Count > 0
                    ? $"write `it`, or a field alone: {string.Join(", ", fields.Distinct().Take(10).Select(field => $"`{field}`"))}"
                    : "write `it`");
            return;
        }

        if (scope is not null && FunctionCatalog.Find(name.Name) is { IsFold: true } fold)
        {
            bool isOfItems = fold.Is(FunctionTraits.CountsItems) && (isWholeList || fields.Contains("items"));
            context.Report(DslDiagnostics.UnknownName, name.Span,
                $"there is no name `{name.Name}` here; as a function it takes a list",
                isOfItems ? $"write `{name.Name}({(isWholeList ? "" : "items")})`" : $"write `{name.Name}(LIST)`, or pipe: `(LIST | {name.Name})`");
            return;
        }

        if (ForeignWords.HelpFor(name.Name) is { } misread)
        {
            context.Report(DslDiagnostics.UnknownName, name.Span, $"`{name.Name}` is nothing here", misread);
            return;
        }

        if (name.Name.Contains(' ') && (name.Name.Contains('{') || fields.Count == 0 || name.Name is [.., '.' or '?']))
        {
            context.Report(DslDiagnostics.UnknownName, name.Span,
                "backticks name a field, and there is none of this name; a text stands in double quotes",
                $"write `\"{name.Name.Replace("\"", "\\\"").Replace("${", "{")}\"`");
            return;
        }

        string[] known = [.. fields, .. context.Variables.Keys, .. scope is null ? (string[])[] : ["it", "index"]];
        string? near = NameSuggestion.For(name.Name, known);
        string there = known.Length == 0
            ? "no names are defined"
            : $"there {(known.Length == 1 ? "is" : "are")} {string.Join(", ", known.Distinct().Take(20).Select(other => $"`{other}`"))}";
        string hint = near is null && !isWholeList ? $"; a text is written \"{name.Name}\"" : "";
        context.Report(DslDiagnostics.UnknownName, name.Span,
            near is null ? $"there is no name `{name.Name}` here" : $"there is no name `{name.Name}`; did you mean `{near}`?",
            there + hint);
    }
}
