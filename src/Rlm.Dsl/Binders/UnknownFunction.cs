using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;

namespace Rlm.Dsl.Binders;

/// <summary>A call of a function that there is none of.</summary>
internal static class UnknownFunction
{
    public static void Report(IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, BindingContext context)
    {
        if (ForeignWords.HelpForCall(name.Name, [.. arguments.Select(argument => context.TextAt(argument.Span))]) is { } misread)
        {
            context.Report(DslDiagnostics.UnknownFunction, name.Span, $"`{name.Name}` is not a function", misread);
            return;
        }

        if (OperatorForms.Of(name.Name) is { Count: > 0 } forms)
        {
            if (arguments.Count > 1 && forms[0].Slots?.All is [{ NamesField: true }])
            {
                context.Report(DslDiagnostics.UnknownFunction, name.Span, $"`{name.Name}` takes a field's name as it is written, and none that is computed",
                    $"choose the field: `if {context.TextAt(arguments[1].Span)} == \"a\" then a else b`");
                return;
            }

            // What is a word of the operator is often written as a text.
            string written = string.Concat(arguments.Skip(1).Select(argument => " " + context.TextAt(argument.Span)));
            context.Report(DslDiagnostics.UnknownFunction, name.Span,
                $"`{name.Name}` is an operator, not a function",
                $"pipe into it: `({(arguments.Count > 0 ? context.TextAt(arguments[0].Span) : "x")} | {name.Name}{(name.Name == "parse" ? written.Replace("\"", "") : written)})`");
            return;
        }

        string? near = NameSuggestion.For(name.Name, context.Functions.Select(function => function.Name));
        context.Report(DslDiagnostics.UnknownFunction, name.Span,
            near is null ? $"there is no function `{name.Name}`" : $"there is no function `{name.Name}`; did you mean `{near}`?",
            near is null
                ? $"the nearest are {string.Join(", ", NameSuggestion.FindNearest(name.Name, context.Functions.Select(function => function.Name), 3).Select(function => $"`{context.FindFunction(function)!.Form}`"))}"
                : $"write `{context.FindFunction(near)!.Form}`");
    }
}
