using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binding;

internal sealed partial class ProgramBinder
{
    private IEnumerable<FunctionSignature> Functions => _environment.Tools.Concat(FunctionCatalog.All);

    private FunctionSignature? FindFunction(string name) => _environment.Tools.FirstOrDefault(tool => tool.Name == name) ?? FunctionCatalog.Find(name);

    /// <param name="span">The whole call.</param>
    /// <param name="name">The function.</param>
    /// <param name="arguments">The arguments as written.</param>
    /// <param name="scope">The scope of the arguments.</param>
    /// <param name="piped">The value that a function stage passes first.</param>
    private BoundExpression BindCall(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope? scope, BoundExpression? piped)
    {
        if (name.Name is "prev" or "next" && piped is null)
            return BindNeighbour(span, name, arguments, scope);

        if (scope is { IsGroup: true } && FunctionCatalog.Aggregates.Contains(name.Name) && piped is null && !IsOverAggregate(name.Name, arguments))
        {
            return name.Name == "count" && arguments is [{ Value: { Stages.Count: 0, Source: CallSyntax { Function.Name: "distinct", Arguments.Count: <= 1 } distinct } }]
                ? BindAggregate(span, "distinct_count", distinct.Arguments, scope)
                : BindAggregate(span, name.Name, arguments, scope);
        }

        if (FindFunction(name.Name) is not { } function)
        {
            ReportUnknownFunction(name, arguments);
            return Missing(span);
        }

        var values = new List<BoundExpression?>();
        if (piped is not null)
            values.Add(piped);

        foreach (var argument in arguments)
        {
            int index = argument.Name is null ? values.Count : IndexOf(function, argument.Name.Name);
            if (index < 0 || (index >= function.Parameters.Count && !function.IsVariadic))
            {
                Report(DslDiagnostics.WrongArguments, argument.Span,
                    argument.Name is null ? $"`{name.Name}` takes {Amount(function.Parameters.Count)}" : $"`{name.Name}` has no parameter `{argument.Name.Name}`",
                    $"the form is `{FormOf(function)}`");
                return Missing(span);
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
            Report(DslDiagnostics.WrongArguments, span, $"`{name.Name}` needs its argument `{missing.Name}`", $"the form is `{FormOf(function)}`");
            return Missing(span);
        }

        // `length` of a list is what `count` means.
        if (function.Name == "length" && values[0]!.Type.ItemType is not null)
            function = FunctionCatalog.Find("count")!;

        CheckArguments(function, values, piped);
        return new BoundCall(span, function.Result([.. values.Where(value => value is not null).Select(value => value!.Type)]), function, values);
    }

    private BoundExpression BindCallArgument(FunctionParameter parameter, CallArgumentSyntax argument, ItemScope? scope) =>
        parameter.Type == RlmType.Pattern ? PatternOf(BindNestedOperand(argument.Value, scope)) : BindNested(argument.Value, scope);

    private void CheckArguments(FunctionSignature function, List<BoundExpression?> values, BoundExpression? piped)
    {
        CheckFormat(function, values);
        for (int i = 0; i < values.Count; i++)
        {
            if (values[i] is not { } value)
                continue;

            var parameter = function.Parameters[Math.Min(i, function.Parameters.Count - 1)];
            RlmType type = value.Type.Required, wanted = parameter.Type.Required;
            string text = _source.TextAt(value.Span);
            if (i == 0 && type.IsTextual && function.Name is "first" or "last" && values[1] is not null)
                continue;

            if (wanted.ItemType is not null && type.ItemType is null && type != RlmType.Unknown)
            {
                Report(DslDiagnostics.WrongArguments, value.Span, $"`{function.Name}` takes a list, and this is {Article(type)}",
                    type.IsTextual && function.Name == "count" ? $"count its words or lines: `count(words({text}))`, `({text} | lines | count)`" : null);
            }
            else if (wanted.ItemType is null && type.ItemType is not null && wanted != RlmType.Unknown)
            {
                Report(DslDiagnostics.ListArgument, value.Span, $"`{function.Name}` takes one {wanted}, and this is a list", $"pipe it: `{text} | {function.Name}`");
            }
            else if (wanted == RlmType.Number && !IsNumeric(type) && !(type == RlmType.Duration && function.Name is "round" or "abs"))
            {
                Report(DslDiagnostics.WrongArguments, value.Span, $"`{function.Name}` takes a number, and this is {Article(type)}");
            }
            else if (wanted == RlmType.Date && type != RlmType.Date && !type.IsTextual && type != RlmType.Unknown && type != RlmType.None)
            {
                Report(DslDiagnostics.WrongArguments, value.Span, $"`{function.Name}` takes a date, and this is {Article(type)}", $"read a text as one: `date(…)`");
            }
            else if (wanted == RlmType.Text && type is RecordType { TextField: null } row && !ReferenceEquals(value, piped))
            {
                Report(DslDiagnostics.WrongArguments, value.Span, $"`{function.Name}` takes a text, and this is a record", row.Fields.Count > 0 ? $"name a field: `{text}.{row.Fields[0].Name}`" : null);
            }
        }
    }

    /// <summary>Whether the call is a function of what an aggregate gives: <c>sum(distinct(x))</c>, <c>first(max(name), 3)</c>.</summary>
    private static bool IsOverAggregate(string name, IReadOnlyList<CallArgumentSyntax> arguments) =>
        (name is "first" or "last" && arguments.Count == 2)
        || (name != "count" && arguments is [{ Value: { Stages.Count: 0, Source: CallSyntax { Function.Name: "distinct" or "list" } } }, ..]);

    /// <summary>An aggregate over the group's items: its argument sees each item.</summary>
    private BoundExpression BindAggregate(SourceSpan span, string name, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope group)
    {
        bool takesParameter = name == "percentile";
        if (arguments.Count > (takesParameter ? 2 : 1) || (takesParameter && arguments.Count != 2) || (name == "share" && arguments.Count != 1))
        {
            Report(DslDiagnostics.WrongArguments, span, $"`{name}` takes {(takesParameter ? "an expression and a percentage" : "one expression")} here",
                takesParameter ? "write `percentile(FIELD, 95)`" : $"write `{name}(EXPRESSION)`");
            return Missing(span);
        }

        var itemType = group.Item.ItemType ?? RlmType.Unknown;
        var item = new ItemScope(itemType, group);
        var argument = arguments.Count == 0 ? null
            : name is "count" or "share" ? BindAggregateCondition(arguments[0].Value, item)
            : BindNested(arguments[0].Value, item);
        var parameter = takesParameter ? BindNested(arguments[1].Value, group.Outer) : null;
        var value = argument?.Type ?? itemType;
        if (name is "sum" or "average" or "median" or "percentile" && !IsNumeric(value) && value.Required != RlmType.Duration)
            Report(DslDiagnostics.WrongOperand, span, $"`{name}` takes numbers, and this is {Article(value)}", "name a field: `sum(FIELD)`");

        RlmType type = name switch
        {
            "count" or "distinct_count" or "share" => RlmType.Number,
            "sum" => TypeRules.Amount(value),
            "average" or "median" or "percentile" => TypeRules.Amount(value).OrNone,
            "distinct" or "list" => RlmType.ListOf(value),
            _ => value.OrNone,
        };
        return new BoundAggregate(span, type, name, argument, parameter);
    }

    private BoundExpression BindAggregateCondition(PipelineSyntax argument, ItemScope item) =>
        argument is { Stages.Count: 0, Source: { } condition } ? BindCondition(condition, item) : BindNested(argument, item);

    private BoundExpression BindNeighbour(SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope? scope)
    {
        if (scope is null || arguments.Count > 1)
        {
            Report(DslDiagnostics.WrongArguments, span, $"`{name.Name}` takes one expression over the item beside", $"write `where {name.Name}(it) contains \"…\"`");
            return Missing(span);
        }

        var value = arguments.Count == 0 ? new BoundItem(span, scope.Item, 0) : BindNested(arguments[0].Value, scope);
        return new BoundNeighbour(span, value.Type.OrNone, name.Name == "prev" ? -1 : 1, value);
    }

    private void ReportUnknownFunction(IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments)
    {
        if (ForeignWords.HelpForCall(name.Name, [.. arguments.Select(argument => _source.TextAt(argument.Span))]) is { } misread)
        {
            Report(DslDiagnostics.UnknownFunction, name.Span, $"`{name.Name}` is not a function", misread);
            return;
        }

        if (OperatorForms.Of(name.Name).Count > 0)
        {
            Report(DslDiagnostics.UnknownFunction, name.Span, $"`{name.Name}` is an operator, not a function", $"pipe into it: `({(arguments.Count > 0 ? _source.TextAt(arguments[0].Span) : "x")} | {name.Name}{string.Concat(arguments.Skip(1).Select(argument => " " + _source.TextAt(argument.Span)))})`");
            return;
        }

        string? near = NameSuggestion.For(name.Name, Functions.Select(function => function.Name));
        Report(DslDiagnostics.UnknownFunction, name.Span, near is null ? $"there is no function `{name.Name}`" : $"there is no function `{name.Name}`; did you mean `{near}`?",
            near is null ? $"there are {string.Join(", ", Functions.Select(function => $"`{function.Name}`"))}" : $"write `{FormOf(FindFunction(near)!)}`");
    }

    private static int IndexOf(FunctionSignature function, string name)
    {
        for (int i = 0; i < function.Parameters.Count; i++)
        {
            if (function.Parameters[i].Name == name)
                return i;
        }

        return -1;
    }

    private static string FormOf(FunctionSignature function) =>
        $"{function.Name}({string.Join(", ", function.Parameters.Select(parameter => parameter.IsOptional ? $"[{parameter.Name}]" : parameter.Name))})";

    private static string Amount(int count) => count == 0 ? "no argument" : count == 1 ? "one argument" : $"{count} arguments";
}
