using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Misreadings;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Parsing.Synonyms;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds calls of functions and tools.</summary>
internal sealed class CallBinder(BindingContext context)
{
    private const string GroupItems = "items";

    /// <param name="span">The whole call.</param>
    /// <param name="name">The function.</param>
    /// <param name="arguments">The arguments as written.</param>
    /// <param name="scope">The scope of the arguments.</param>
    /// <param name="piped">The value that a function stage passes first.</param>
    public BoundExpression Bind(
        SourceSpan span, IdentifierSyntax name, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope? scope, BoundExpression? piped)
    {
        if (piped is null && ModuleCalls.ModuleOf(name, arguments) is { } module && !context.Names.IsKnown(module, scope))
            return context.Expressions.Bind(ModuleCalls.Of(span, name, arguments, module), scope);

        var known = context.FindFunction(name.Name);
        if (known is not { IsTool: true } && ForeignMethod.Find(name, arguments, context.Sink) is { } method)
        {
            context.Report(method.Descriptor, name.Span, method.Message, method.Help);
            return BoundLiteral.MakeMissing(span);
        }

        if (piped is null && (known is null || SortCalls.Of(span, name, arguments) is not null)
            && CallSynonyms.Of(span, name, arguments) is { } understood)
            return context.Expressions.Bind(understood, scope);

        if (known is not { } function)
        {
            if (ReportSubstring(name, Substrings.Of(name, arguments, context.TextAt)))
                return BoundLiteral.MakeMissing(span);
            UnknownFunction.Report(name, arguments, context);
            return BoundLiteral.MakeMissing(span);
        }

        if (function.IsWindow)
            return context.Windows.Bind(span, function, arguments, piped is null ? scope : null);

        if (arguments.Count == 0 && piped is null && function.Is(FunctionTraits.CountsItems)
            && scope is { IsGroup: false, Item.Required: RecordType group } && group.Find(GroupItems)?.Type.ItemType is not null)
            arguments = [CallArgumentSyntax.Of(new NameSyntax(span, GroupItems))];

        if (function.IsFold && piped is null && scope is { IsGroup: true } && !IsOverFold(function, arguments))
        {
            return function.OfFold is var (inner, meant) && FindCall(arguments) is { Arguments.Count: <= 1 } call && call.Function.Name == inner
                ? context.Aggregates.Bind(span, FunctionCatalog.Find(meant)!, call.Arguments, scope)
                : context.Aggregates.Bind(span, function, arguments, scope);
        }

        if (piped is not null && function.Parameters.Count == 0)
        {
            context.Report(DslDiagnostics.WrongArguments, name.Span, $"`{name.Name}` takes no argument", $"write `{function.Form}`");
            return BoundLiteral.MakeMissing(span);
        }

        if (piped is null && CallSynonyms.OfKnown(span, name, arguments) is { } expression)
            return context.Expressions.Bind(expression, scope);

        if (piped is null && function.IsFold && ScalarFolds.Of(span, name, arguments, argument => context.Pipelines.TypeOf(argument, scope)) is { } ofScalars)
            return context.Expressions.Bind(ofScalars, scope);

        if (PipeIntoFold(span, name, function, arguments) is { } folded)
            return context.Expressions.Bind(folded, scope);

        if (piped is null && CountOfGroupItems(span, name, function, arguments, scope) is { } held)
            return context.Expressions.Bind(held, scope);

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
            values[index] = index == 0 && function.LooksIntoItsFirst && argument.Operand is TemplateSyntax
                ? context.Expressions.BindSubject(argument.Operand, scope) : BindCallArgument(parameter, argument, scope);
        }

        if (piped is null && scope is { IsGroup: false } && WindowBinder.BindFold(span, function, values) is { } window)
        {
            foreach (var operand in window is { Function.OverItems.IsOfPairs: true, Value: BoundList pair } ? pair.Items : [window.Value])
                ItemOperands.Check(window.Function, operand.Type, span, context.Sink);
            return window;
        }

        while (values.Count < function.Parameters.Count)
            values.Add(null);

        if (function.Parameters.Where((parameter, i) => values[i] is null && !parameter.IsOptional).FirstOrDefault() is { } missing)
        {
            context.Report(DslDiagnostics.WrongArguments, span,
                $"`{name.Name}` needs its argument `{missing.Name}`", $"the form is `{function.Form}`");
            return BoundLiteral.MakeMissing(span);
        }

        if (function.OfList is { } ofList && values[0]!.Type.ItemType is not null)
            function = FunctionCatalog.Find(ofList)!;

        CallArguments.Check(function, values, piped, context.Sink);
        return new BoundCall(
            span, function.Result([.. values.Where(value => value is not null).Select(value => value!.Type)]), function, values);
    }

    /// <summary><c>count(rows, n > 2)</c> and <c>sum(rows, n)</c> are the stages of these names; null for any other call.</summary>
    private static GroupSyntax? PipeIntoFold(SourceSpan span, IdentifierSyntax name, FunctionSignature function, IReadOnlyList<CallArgumentSyntax> arguments)
    {
        // `groupby("team").size()` is how many each group has.
        if (function.OfList is { } ofItems && arguments is [{ Name: null, Operand: CallSyntax }])
            return PipeIntoFold(span, name, FunctionCatalog.Find(ofItems)!, arguments);
        if (function.Parameters.Count != 1 || function.Parameters[0].Type.ItemType is null)
            return null;

        if (OperatorCatalog.Find(function.Name) is not { Family: OperatorFamily.Fold } fold)
        {
            return function.IsFold && arguments is [{ Name: null } items, { Name: null } each]
                ? new GroupSyntax(span, new PipelineSyntax(span, items.Operand, [new StageSyntax(span, name, null, [], [each])])) : null;
        }

        // `rows.groupby("team").count()` is the fold of each group, as its stages are; `rows.groupby("team")["n"].sum()` that of a field.
        var (grouped, column) = arguments is [{ Name: null, Operand: var of }] ? SplitColumn(of) : default;
        if (grouped is CallSyntax grouping
            && CallSynonyms.Of(grouping.Span, grouping.Function, grouping.Arguments) is GroupSyntax { Pipeline: { Stages: [.., { Operator: { } last }] } groups }
            && last.Is(OperatorTraits.Groups))
        {
            IReadOnlyList<ArgumentSyntax> folded = column is null || function.Is(FunctionTraits.CountsItems) ? [] : [new ArgumentSyntax(column.Span, Slots.Value, column)];
            return new GroupSyntax(span, groups with { Span = span, Stages = [.. groups.Stages, new StageSyntax(span, name, fold, folded, null)] });
        }

        if (arguments is not [{ Name: null } list, { Name: null, Operand: var value }] || value is LiteralSyntax)
            return null;

        Slot slot = function.Is(FunctionTraits.CountsItems) ? Slots.OptionalCondition
            : function.OverItems is { Operand: ItemOperand.Condition } ? Slots.Condition
            : Slots.Value;
        return new GroupSyntax(span, new PipelineSyntax(span, new GroupSyntax(list.Span, list.Value),
            [new StageSyntax(span, name, fold, [new ArgumentSyntax(value.Span, slot, value)], null)]));
    }

    /// <summary>The list that a column is taken of, and the column: of <c>x["n"]</c> and <c>x.n</c>.</summary>
    private static (ExpressionSyntax List, NameSyntax? Column) SplitColumn(ExpressionSyntax value) => value switch
    {
        MemberSyntax { Target: CallSyntax list, Member: var field } => (list, new NameSyntax(field.Span, field.Name)),
        IndexSyntax { Target: CallSyntax list, Index: { Stages.Count: 0, Source: TemplateSyntax { PlainText: { } field } name } } => (list, new NameSyntax(name.Span, field)),
        _ => (value, null),
    };

    private static TemplateSyntax TextOf(SourceSpan span, string text) => new(span, [new TemplatePartSyntax(span, text, null)]);

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
            : parameter.Type.ItemType is not null && IsOverGroupItems(argument.Operand, scope)
                ? context.Expressions.Bind(StageOfItems("map", Slots.Value, argument.Operand), scope)
            : context.Pipelines.BindNested(argument.Value, scope);
    }

    /// <summary><c>count(level == "error")</c> behind <c>group by</c> is of the group's items for which that holds; null for any other call.</summary>
    private CallSyntax? CountOfGroupItems(
        SourceSpan span, IdentifierSyntax name, FunctionSignature function, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope? scope)
    {
        string? counted = function.Is(FunctionTraits.CountsItems) ? name.Name : function.OfCondition;
        return counted is not null && arguments is [{ Name: null, Operand: BinarySyntax { Operator: < BinaryOperator.Add } condition }] && IsOverGroupItems(condition, scope)
            ? new CallSyntax(span, name with { Name = counted }, [CallArgumentSyntax.Of(StageOfItems("where", Slots.Condition, condition))])
            : null;
    }

    private static GroupSyntax StageOfItems(string stage, Slot slot, ExpressionSyntax value) => new(
        value.Span, new PipelineSyntax(value.Span, new NameSyntax(value.Span, GroupItems),
            [new StageSyntax(value.Span, new IdentifierSyntax(value.Span, stage), OperatorCatalog.Find(stage), [new ArgumentSyntax(value.Span, slot, value)], null)]));

    /// <summary>Whether it is arithmetic or a call over fields that only the group's items have.</summary>
    private bool IsOverGroupItems(ExpressionSyntax expression, ItemScope? scope) => expression is BinarySyntax or CallSyntax
        && SyntaxTree.Descendants(expression).Select(below => below.Node).OfType<NameSyntax>().ToList() is { Count: > 0 } names
        && names.TrueForAll(name => context.Names.IsOfGroupItems(name.Name, scope));

    /// <summary>
    /// <c>round(x, digits=2)</c> is how Python writes <c>round(x, digits: 2)</c>; it is a comparison where something has that name.
    /// </summary>
    private CallArgumentSyntax NameBySign(FunctionSignature function, CallArgumentSyntax argument, ItemScope? scope) =>
        argument is { Name: null, Operand: BinarySyntax { Operator: BinaryOperator.Equal, Left: NameSyntax name } assigned }
        && IndexOf(function, name.Name) >= 0 && context.Operations.SignOf(assigned) == "=" && !context.Names.IsKnown(name.Name, scope)
            ? CallArgumentSyntax.Of(assigned.Right) with { Name = new IdentifierSyntax(name.Span, name.Name) }
            : argument;

    /// <summary>Whether the call is a function of what a fold gives: <c>sum(distinct(x))</c>, <c>first(max(name), 3)</c>.</summary>
    private static bool IsOverFold(FunctionSignature function, IReadOnlyList<CallArgumentSyntax> arguments) =>
        (arguments.Count > 1 && arguments.Count <= function.Parameters.Count && !function.OverItems!.Takes(arguments.Count))
        || (!function.Is(FunctionTraits.CountsItems) && FindCall(arguments) is { } call
            && FunctionCatalog.Find(call.Function.Name) is { IsFold: true } inner && inner.OverItems!.Result(RlmType.Unknown).ItemType is not null);

    /// <summary>The call that the first argument is; null for anything else.</summary>
    private static CallSyntax? FindCall(IReadOnlyList<CallArgumentSyntax> arguments) =>
        arguments is [{ Value: { Stages.Count: 0, Source: CallSyntax call } }, ..] ? call : null;

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
