using Rlm.Dsl.Binding;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation;

/// <summary>The windows of the catalogue by name.</summary>
internal static class WindowTable
{
    private static readonly Dictionary<string, Func<BoundWindow, Scope, EvaluationContext, Value>> Table = new(StringComparer.Ordinal)
    {
        ["prev"] = static (window, scope, evaluation) => Neighbour(window, -1, scope, evaluation),
        ["next"] = static (window, scope, evaluation) => Neighbour(window, 1, scope, evaluation),
        ["running_sum"] = static (window, scope, evaluation) => evaluation.Windows.Of(window, scope, evaluation, Windows.Sum),
        ["rank"] = static (window, scope, evaluation) => evaluation.Windows.Of(window, scope, evaluation, Windows.Rank),
    };

    public static IReadOnlyCollection<string> Names => Table.Keys;

    /// <summary>The window's value for the scope's item.</summary>
    public static Value Evaluate(BoundWindow window, Scope scope, EvaluationContext evaluation) =>
        window.Function.IsFold
            ? evaluation.Windows.Of(window, scope, evaluation, Windows.Fold)
            : Table[window.Function.Name](window, scope, evaluation);

    /// <summary>The expression at an item before or behind, none beyond the ends.</summary>
    private static Value Neighbour(BoundWindow window, int direction, Scope scope, EvaluationContext evaluation)
    {
        int index = scope.Index + (direction * (int)(window.Parameter as decimal? ?? 1));
        return scope.Siblings is { } siblings && index >= 0 && index < siblings.Count
            ? ExpressionEvaluator.Evaluate(window.Value, scope with { Item = siblings[index], Index = index }, evaluation)
            : NoneValue.Instance;
    }
}
