using Rlm.Dsl.Binding;
using Rlm.Dsl.Formats;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds types, and the labels that a variable holds.</summary>
internal sealed class TypeBinder(BindingContext context)
{
    public RlmType Bind(TypeSyntax type, List<VariableSymbol> labelVariables)
    {
        RlmType bound = type switch
        {
            ListTypeSyntax list => RlmType.ListOf(Bind(list.Item, labelVariables)),
            RecordTypeSyntax record =>
                new RecordType([.. record.Fields.Select(field => new FieldType(field.Name.Name, Bind(field.Type, labelVariables)))]),
            LabelTypeSyntax label => BindLabels(label, labelVariables),
            NamedTypeSyntax { Format: { } format } => BindDateType(type.Span, format),
            NamedTypeSyntax named when RlmType.FindNamed(named.Name) is { } scalar => scalar,
            _ => ReportUnknownType((NamedTypeSyntax)type),
        };
        return type.IsOptional ? bound.OrNone : bound;
    }

    private DateType BindDateType(SourceSpan span, string format)
    {
        if (FormatRules.FindReadingFault(format) is { } wrong)
            context.Report(DslDiagnostics.UnknownFormat, span, wrong.Message, wrong.Help);
        return new DateType(format);
    }

    private LabelType BindLabels(LabelTypeSyntax label, List<VariableSymbol> labelVariables)
    {
        if (label.Labels is { } labels)
            return OfLabels(label, labels);

        string name = label.Variable!.Name;
        if (!context.Variables.TryGetValue(name, out var symbol))
        {
            context.Report(DslDiagnostics.UnknownName, label.Variable.Span,
                $"there is no variable `{name}` that could hold the labels", "write them out: `one of [\"a\", \"b\"]`");
            return new LabelType([], null);
        }

        var resolved = BoundTree.Resolve(new BoundVariable(label.Span, symbol.Type, symbol));
        var definitions = symbol.Definition is { Stages.Count: 0, Source: BoundRecord { Fields.Count: > 0 } record } && record.Fields.All(field => TextOf(field) is not null) ? record : null;
        if (symbol.Type.ItemType is null && symbol.Type != RlmType.Unknown && definitions is null)
            context.Report(DslDiagnostics.WrongReplyType, label.Variable.Span,
                $"`{name}` is {symbol.Type.WithArticle}, and labels are a list of texts", $"write `let {name} = {(symbol.Type is RecordType ? "{a: \"what it means\", b: \"…\"}" : "[\"a\", \"b\"]")}`");
        if (resolved is BoundList { Items: { Count: > 0 } items }
            && items.All(item => item is BoundLiteral { Value: string }))
            return OfLabels(label, [.. items.Select(item => (string)((BoundLiteral)item).Value!)]);
        if (definitions is not null)
            return new LabelType([.. definitions.Fields.Select(field => field.Name)], null) { Definitions = [.. definitions.Fields.Select(TextOf)] };

        labelVariables.Add(symbol);
        return new LabelType(null, name);
    }

    private LabelType OfLabels(LabelTypeSyntax label, IReadOnlyList<string> labels)
    {
        // Labels without quotes are understood where no variable is meant.
        if (context.TextAt(label.Span).IndexOfAny(['"', '\'', '“', '„', '«']) < 0 && labels.FirstOrDefault(context.Variables.ContainsKey) is { } variable)
        {
            context.Report(DslDiagnostics.WrongReplyType, label.Span, $"`{variable}` is a variable, and labels are texts",
                $"put them in quotes, `one of [{string.Join(", ", labels.Select(text => $"\"{text}\""))}]`, or name a `let` that holds the list: `one of NAME`");
        }

        if (labels.Distinct().Count() < labels.Count)
            context.Report(DslDiagnostics.WrongReplyType, label.Span, "a label is there twice", "give each label once");
        return new LabelType(labels, null) { Definitions = label.Definitions };
    }

    private static string? TextOf(BoundBinding field) => field.Value is BoundLiteral { Value: string text } ? text : null;

    private RlmType ReportUnknownType(NamedTypeSyntax type)
    {
        if (ForeignWords.Types.TryGetValue(type.Name.ToLowerInvariant(), out string? instead))
        {
            context.Report(DslDiagnostics.UnknownType, type.Span, $"there is no type `{type.Name}`", $"write `as {instead}`");
            return RlmType.Unknown;
        }

        string? near = NameSuggestion.For(type.Name, RlmType.Names);
        context.Report(DslDiagnostics.UnknownType, type.Span,
            near is null ? $"there is no type `{type.Name}`" : $"there is no type `{type.Name}`; did you mean `{near}`?",
            "the types are `text`, `number`, `bool`, `date`, `duration`, `quote`, `list of T`, `{field: T}` and `one of [\"a\", \"b\"]`, each with `?` where none is allowed");
        return RlmType.Unknown;
    }
}
