using Rlm.Dsl.Binding;
using Rlm.Dsl.Checks;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Parsing;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds windows, and folds as windows: their expression is over the items that the item stands among.</summary>
internal sealed class WindowBinder(BindingContext context)
{
    /// <param name="span">The whole call.</param>
    /// <param name="function">The window.</param>
    /// <param name="arguments">The arguments as written.</param>
    /// <param name="scope">The scope of the item; null where there is none.</param>
    public BoundExpression Bind(SourceSpan span, FunctionSignature function, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope? scope)
    {
        var over = function.OverItems!;
        if (scope is null || !over.Takes(arguments.Count))
            return Refuse(span, $"`{function.Name}` takes {over.DescribeArguments()} over items", $"write `{over.Form}`");

        var value = arguments.Count == 0 ? new BoundItem(span, scope.Item, 0) : context.Pipelines.BindNested(arguments[0].Value, scope);
        var parameter = arguments.Count < 2 ? null : BoundTree.Resolve(context.Pipelines.BindNested(arguments[1].Value, scope));
        if (parameter is not null && over.Parameter!.Literal is { } rule && !(parameter is BoundLiteral literal && rule.Takes(literal.Value)))
            return Refuse(parameter.Span, $"`{function.Name}` takes {rule.Wanted} here", rule.Help);

        return ItemOperands.Check(function, value.Type, span, context.Sink)
            ? new BoundWindow(span, over.Result(value.Type), function, value, (parameter as BoundLiteral)?.Value)
            : BoundLiteral.MakeMissing(span);
    }

    /// <summary>
    /// A fold whose argument is not a list but a value of the item, as <c>price > average(price)</c>: over all items that it stands among.
    /// Null for any other call.
    /// </summary>
    public static BoundWindow? BindFold(SourceSpan span, FunctionSignature function, IReadOnlyList<BoundExpression?> arguments)
    {
        if (!function.IsFold || !function.OverItems!.Takes(arguments.Count))
            return null;

        if (function.OverItems.IsOfPairs)
        {
            return arguments.All(argument => argument is { Type.ItemType: null } && BoundTree.ReadsItem(argument))
                ? new BoundWindow(span, function.OverItems.Result(RlmType.Unknown), function, new BoundList(span, RlmType.ListOf(RlmType.Unknown), [.. arguments.Select(argument => argument!)]), null)
                : null;
        }

        var value = arguments.Count > 0 ? arguments[0] : function.Is(FunctionTraits.CountsItems) ? new BoundLiteral(span, RlmType.Bool, true) : null;
        if (value is null || value.Type.Required is ListType or RecordType || value.Type.Required == RlmType.Unknown
            || (arguments.Count > 0 && !BoundTree.ReadsItem(value)))
            return null;

        bool isCondition = value.Type.Required == RlmType.Bool;
        if (isCondition && function.OfCondition is { } counted)
            function = FunctionCatalog.Find(counted)!;
        object? parameter = arguments.Count < 2 ? null : (BoundTree.Resolve(arguments[1]!) as BoundLiteral)?.Value;
        // A list of all items for each of them would be as many values as their square.
        return function.OverItems!.Result(value.Type).ItemType is not null
            || (function.OverItems.Operand == ItemOperand.Condition && !isCondition) || (arguments.Count > 1 && parameter is not decimal)
            ? null
            : new BoundWindow(span, function.OverItems.Result(value.Type), function, value, parameter);
    }

    /// <summary><c>x in list(y)</c> beside a row: the values of all items, which are one list for all of them. Null for any other list.</summary>
    public BoundWindow? BindValues(ExpressionSyntax list, ItemScope? scope)
    {
        if (scope is not { IsGroup: false } || list is not CallSyntax { Arguments: [{ Name: null, Value: var operand }] } call
            || FunctionCatalog.Find(FunctionSynonyms.Canonical(call.Function.Name) ?? call.Function.Name) is not { IsFold: true } function
            || function.OverItems!.Result(RlmType.Number).ItemType is null)
            return null;

        var value = context.Pipelines.BindNested(operand, scope);
        return value.Type.Required is ListType or RecordType || value.Type.Required == RlmType.Unknown || !BoundTree.ReadsItem(value) ? null
            : new BoundWindow(list.Span, RlmType.ListOf(value.Type), function, value, null);
    }

    private BoundLiteral Refuse(SourceSpan span, string message, string help)
    {
        context.Report(DslDiagnostics.WrongArguments, span, message, help);
        return BoundLiteral.MakeMissing(span);
    }
}
