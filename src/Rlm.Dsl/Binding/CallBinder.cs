using Rlm.Dsl.Checks;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

/// <summary>Binds calls of functions and tools.</summary>
internal sealed class CallBinder(BindingContext context)
{
    /// <param name="span">The whole call.</param>
    /// <param name="name">The function.</param>
    /// <param name="arguments">The arguments as written.</param>
    /// <param name="scope">The scope of the arguments.</param>
    /// <param name="piped">The value that a function stage passes first.</param>
    public BoundExpression Bind(
        SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope? scope, BoundExpression? piped)
    {
        if (name.Name is "prev" or "next" && piped is null)
            return BindNeighbour(span, name, arguments, scope);

        if (scope is { IsGroup: true } && FunctionCatalog.Aggregates.Contains(name.Name) && piped is null
            && !IsOverAggregate(name.Name, arguments))
        {
            return name.Name == "count"
                && arguments is [{ Value: { Stages.Count: 0,
                    Source: CallSyntax { Function.Name: "distinct", Arguments.Count: <= 1 } distinct } }]
                ? context.Aggregates.Bind(span, "distinct_count", distinct.Arguments, scope)
                : context.Aggregates.Bind(span, name.Name, arguments, scope);
        }

        if (context.FindFunction(name.Name) is not { } function)
        {
            UnknownFunction.Report(name, arguments, context);
            return BoundLiteral.MakeMissing(span);
        }

        var values = new List<BoundExpression?>();
        if (piped is not null)
            values.Add(piped);

        foreach (var argument in arguments)
        {
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

    private BoundExpression BindCallArgument(FunctionParameter parameter, CallArgumentSyntax argument, ItemScope? scope) =>
        parameter.Type == RlmType.Pattern
            ? context.Patterns.ToPattern(context.Pipelines.BindNestedOperand(argument.Value, scope))
            : context.Pipelines.BindNested(argument.Value, scope);

    private BoundExpression BindNeighbour(
        SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope? scope)
    {
        if (scope is null || arguments.Count > 1)
        {
            context.Report(DslDiagnostics.WrongArguments, span,
                $"`{name.Name}` takes one expression over the item beside", $"write `where {name.Name}(it) contains \"…\"`");
            return BoundLiteral.MakeMissing(span);
        }

        var value = arguments.Count == 0 ? new BoundItem(span, scope.Item, 0) : context.Pipelines.BindNested(arguments[0].Value, scope);
        return new BoundNeighbour(span, value.Type.OrNone, name.Name == "prev" ? -1 : 1, value);
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
