using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds calls of functions and tools.</summary>
internal sealed class CallBinder(BindingContext context)
{
    private const string GroupItems = "items";

    private static readonly Regex RegexSign = new(@"[.^$*+?(\[|\\]", RegexOptions.CultureInvariant);

    /// <param name="span">The whole call.</param>
    /// <param name="name">The function.</param>
    /// <param name="arguments">The arguments as written.</param>
    /// <param name="scope">The scope of the arguments.</param>
    /// <param name="piped">The value that a function stage passes first.</param>
    public BoundExpression Bind(
        SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope? scope, BoundExpression? piped)
    {
        if (NeighbourBinder.Knows(name.Name) && piped is null)
            return context.Neighbours.Bind(span, name.Name, arguments, scope);

        if (piped is null && (context.FindFunction(name.Name) is null || SortCalls.Of(span, name, arguments) is not null)
            && CallSynonyms.Of(span, name, arguments) is { } understood)
        {
            return ReportForeignPattern(name, arguments, understood)
                ? BoundLiteral.MakeMissing(span)
                : context.Expressions.Bind(understood, scope);
        }

        if (name.Name == "count" && arguments.Count == 0 && piped is null && scope is { IsGroup: false, Item.Required: RecordType group }
            && group.Find(GroupItems)?.Type.ItemType is not null)
            arguments = [CallArgumentSyntax.Of(new NameSyntax(span, GroupItems))];

        if (scope is { IsGroup: true } && FunctionCatalog.Aggregates.Contains(name.Name) && piped is null
            && !IsOverAggregate(name.Name, arguments))
        {
            return name.Name == "count"
                && arguments is [
                    {
                        Value:
                        {
                            Stages.Count: 0,
                            Source: CallSyntax { Function.Name: "distinct", Arguments.Count: <= 1 } distinct
                        }
                    }]
                ? context.Aggregates.Bind(span, "distinct_count", distinct.Arguments, scope)
                : context.Aggregates.Bind(span, name.Name, arguments, scope);
        }

        if (context.FindFunction(name.Name) is not { } function)
        {
            if (ReportSubstring(name, Substrings.Of(name, arguments, context.TextAt)))
                return BoundLiteral.MakeMissing(span);
            UnknownFunction.Report(name, arguments, context);
            return BoundLiteral.MakeMissing(span);
        }

        // As a method it is Python's, which counts from 0.
        if (name.Name == "weekday" && arguments is [{ Span: var target }] && target.End < name.Span.Start
            && context.TextAt(name.Span) == "weekday")
        {
            context.Report(DslDiagnostics.WrongArguments, name.Span,
                "`weekday` counts from 1 Monday to 7 Sunday, and as a method it counts from 0 in Python",
                $"as a function it is `weekday({context.TextAt(target)})`, with 1 for Monday and 7 for Sunday");
            return BoundLiteral.MakeMissing(span);
        }

        if (piped is not null && function.Parameters.Count == 0)
        {
            context.Report(DslDiagnostics.WrongArguments, name.Span, $"`{name.Name}` takes no argument", $"write `{function.Form}`");
            return BoundLiteral.MakeMissing(span);
        }

        var values = new List<BoundExpression?>();
        if (piped is not null)
            values.Add(piped);

        foreach (var given in arguments)
        {
            var argument = NameBySign(function, given, scope);
            int index = argument.Name is null ? values.Count : IndexOf(function, argument.Name.Name);
            if (index < 0 || (index >= function.Parameters.Count && !function.IsVariadic))
            {
                context.Report(DslDiagnostics.WrongArguments, argument.Span,
                    argument.Name is null
                        ? $"`{name.Name}` takes {Amount(function.Parameters.Count)}"
                        : $"`{name.Name}` has no parameter `{argument.Name.Name}`",
                    $"the form is `{function.Form}`");
                return BoundLiteral.MakeMissing(span);
            }

            while (values.Count <= index)
                values.Add(null);
            var parameter = function.Parameters[Math.Min(index, function.Parameters.Count - 1)];
            values[index] = BindCallArgument(parameter, argument, scope);
        }

        while (values.Count < function.Parameters.Count)
            values.Add(null);

        if (function.Parameters.Where((parameter, i) => values[i] is null && !parameter.IsOptional).FirstOrDefault() is { } missing)
        {
            context.Report(DslDiagnostics.WrongArguments, span,
                $"`{name.Name}` needs its argument `{missing.Name}`", $"the form is `{function.Form}`");
            return BoundLiteral.MakeMissing(span);
        }

        // `length` of a list is what `count` means.
        if (function.Name == "length" && values[0]!.Type.ItemType is not null)
            function = FunctionCatalog.Find("count")!;

        CallArguments.Check(function, values, piped, context.Sink);
        return new BoundCall(
            span, function.Result([.. values.Where(value => value is not null).Select(value => value!.Type)]), function, values);
    }

    /// <summary>Tells of a part of a text that may be one of two.</summary>
    public bool ReportSubstring(IdentifierSyntax name, Substrings? part)
    {
        if (part is not { Help: { } help })
            return false;

        context.Report(DslDiagnostics.UnknownFunction, name.Span,
            $"`{name.Name}` counts from 0 or 1, and to an end or a length, as the language has it", help);
        return true;
    }

    private BoundExpression BindCallArgument(FunctionParameter parameter, CallArgumentSyntax argument, ItemScope? scope)
    {
        if (parameter.Type == RlmType.Pattern)
            return context.Patterns.ToPattern(context.Pipelines.BindNestedOperand(argument.Value, scope));

        // `sum(n)` behind `group by` is `sum(items.n)`.
        return parameter.Type.ItemType is not null && argument.Operand is NameSyntax field
            && context.Names.IsOfGroupItems(field.Name, scope)
            ? context.Expressions.Bind(new MemberSyntax(field.Span, new NameSyntax(field.Span, GroupItems),
                new IdentifierSyntax(field.Span, field.Name)), scope)
            : context.Pipelines.BindNested(argument.Value, scope);
    }

    /// <summary>
    /// <c>round(x, digits=2)</c> is how Python writes <c>round(x, digits: 2)</c>; it is a comparison where something has that name.
    /// </summary>
    private CallArgumentSyntax NameBySign(FunctionSignature function, CallArgumentSyntax argument, ItemScope? scope) =>
        argument is { Name: null, Operand: BinarySyntax { Operator: BinaryOperator.Equal, Left: NameSyntax name } assigned }
        && IndexOf(function, name.Name) >= 0 && context.Operations.SignOf(assigned) == "=" && !context.Names.IsKnown(name.Name, scope)
            ? CallArgumentSyntax.Of(assigned.Right) with { Name = new IdentifierSyntax(name.Span, name.Name) }
            : argument;

    /// <summary>
    /// pandas reads the text of <c>x.str.contains("a|b")</c> as a regular expression; one with signs of such is no text to look for.
    /// </summary>
    private bool ReportForeignPattern(IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, ExpressionSyntax understood)
    {
        if (understood is not BinarySyntax
            {
                Operator: BinaryOperator.Contains, Left: MemberSyntax { Member.Name: "str" } subject,
                Right: TemplateSyntax { PlainText: { } text }
            } || !RegexSign.IsMatch(text))
            return false;

        context.Report(DslDiagnostics.UnknownFunction, name.Span, $"the text of `str.{name.Name}` is a regular expression in pandas",
            $"write `{context.TextAt(subject.Target.Span)} matches /{text.Replace("/", "\\/")}/`, or `{context.TextAt(subject.Target.Span)} contains {context.TextAt(arguments[1].Span)}` for the text itself");
        return true;
    }

    /// <summary>Whether the call is a function of what an aggregate gives: <c>sum(distinct(x))</c>, <c>first(max(name), 3)</c>.</summary>
    private static bool IsOverAggregate(string name, IReadOnlyList<CallArgumentSyntax> arguments) =>
        (name is "first" or "last" && arguments.Count == 2)
        || (name != "count"
            && arguments is [{ Value: { Stages.Count: 0, Source: CallSyntax { Function.Name: "distinct" or "list" } } }, ..]);

    private static int IndexOf(FunctionSignature function, string name)
    {
        for (int i = 0; i < function.Parameters.Count; i++)
        {
            if (function.Parameters[i].Name == name)
                return i;
        }

        return -1;
    }

    private static string Amount(int count) => count == 0 ? "no argument" : count == 1 ? "one argument" : $"{count} arguments";
}
