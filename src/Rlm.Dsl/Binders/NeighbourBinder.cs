using Rlm.Dsl.Binding;
using Rlm.Dsl.Diagnostics;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Syntax;
using Rlm.Dsl.Text;
using Rlm.Dsl.Types;

namespace Rlm.Dsl.Binders;

/// <summary>Binds calls that look at the other items of the item's list.</summary>
internal sealed class NeighbourBinder(BindingContext context)
{
    private static readonly Dictionary<string, int> Directions = new(StringComparer.Ordinal)
    {
        ["prev"] = -1,
        ["lag"] = -1,
        ["next"] = 1,
        ["lead"] = 1,
    };

    private static readonly string[] Windows = ["running_sum", "rank"];

    public static bool Knows(string name) => Directions.ContainsKey(name) || Windows.Contains(name, StringComparer.Ordinal);

    public BoundExpression Bind(SourceSpan span, string name, IReadOnlyList<CallArgumentSyntax> arguments, ItemScope? scope)
    {
        bool isWindow = Windows.Contains(name, StringComparer.Ordinal);
        if (scope is null || arguments.Count > (name == "running_sum" ? 1 : 2) || (isWindow && arguments.Count == 0))
        {
            return Refuse(span, isWindow
                ? $"`{name}` takes {(name == "rank" ? "an expression, and \"asc\" where the least is the first," : "one expression")} over items"
                : $"`{name}` takes one expression over the item beside, and how many items away it is",
                isWindow ? $"write `extend n = {name}(FIELD)`" : $"write `where {name}(it) contains \"…\"`");
        }

        var value = arguments.Count == 0 ? new BoundItem(span, scope.Item, 0) : context.Pipelines.BindNested(arguments[0].Value, scope);
        var second = arguments.Count < 2 ? null : BoundTree.Resolve(context.Pipelines.BindNested(arguments[1].Value, scope));
        if (name == "rank")
            return BindRank(span, value, second);
        if (name == "running_sum")
            return BindSum(span, value);
        if (second is null)
            return new BoundNeighbour(span, value.Type.OrNone, Directions[name], value);

        return second is BoundLiteral { Value: decimal and >= 1 and <= 1_000_000 and var distance } && distance == decimal.Truncate(distance)
            ? new BoundNeighbour(span, value.Type.OrNone, Directions[name] * (int)distance, value)
            : Refuse(second.Span, $"`{name}` takes a whole number from 1 here", $"write `{name}(FIELD, 2)`");
    }

    private BoundExpression BindSum(SourceSpan span, BoundExpression value)
    {
        if (value.Type.MayBeNumber || value.Type.Required == RlmType.Duration)
            return new BoundWindow(span, TypeRules.Amount(value.Type).OrNone, BoundWindowKind.RunningSum, value);

        context.Report(DslDiagnostics.WrongOperand, span,
            $"`running_sum` takes numbers, and this is {value.Type.WithArticle}", "name a field: `running_sum(FIELD)`");
        return BoundLiteral.MakeMissing(span);
    }

    private BoundExpression BindRank(SourceSpan span, BoundExpression value, BoundExpression? order)
    {
        if (order is not null and not BoundLiteral { Value: "asc" or "desc" })
            return Refuse(order.Span, "`rank` takes \"asc\" or \"desc\" here", "write `rank(FIELD, \"asc\")` where the least is the first");
        if (value.Type.Required is RecordType { TextField: null } or ListType)
            return Refuse(span, $"`rank` orders values, and this is {value.Type.WithArticle}", "name a field: `rank(FIELD)`");

        var kind = order is BoundLiteral { Value: "asc" } ? BoundWindowKind.RankFromLeast : BoundWindowKind.RankFromGreatest;
        return new BoundWindow(span, RlmType.Number.OrNone, kind, value);
    }

    private BoundLiteral Refuse(SourceSpan span, string message, string help)
    {
        context.Report(DslDiagnostics.WrongArguments, span, message, help);
        return BoundLiteral.MakeMissing(span);
    }
}
