using System.Runtime.CompilerServices;
using Rlm.Dsl.Binding;
using Rlm.Runtime.Evaluation.Folds;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Evaluation;

/// <summary>What a window gives for each of the values of a whole list.</summary>
internal delegate Value[] WholeWindow(BoundWindow window, Value[] values, EvaluationContext evaluation);

/// <summary>What each item of a list is among the others, computed for the whole list when it is first asked for.</summary>
internal sealed class Windows
{
    private readonly ConditionalWeakTable<IReadOnlyList<Value>, Memo<BoundWindow, Lazy<Value[]>>> _known = [];

    /// <summary>The value for the scope's item.</summary>
    public Value Of(BoundWindow window, Scope scope, EvaluationContext evaluation, WholeWindow compute)
    {
        if (scope.Siblings is not { } siblings)
            return NoneValue.Instance;

        // Lazily, so that threads which ask at the same time count once what could not be read.
        var known = _known.GetValue(siblings, static _ => new Memo<BoundWindow, Lazy<Value[]>>(ReferenceEqualityComparer.Instance));
        return known.GetOrAdd(window, made => new Lazy<Value[]>(() => compute(made, ValuesOf(made, siblings, scope, evaluation), evaluation))).Value[scope.Index];
    }

    private static Value[] ValuesOf(BoundWindow window, IReadOnlyList<Value> siblings, Scope scope, EvaluationContext evaluation)
    {
        var values = new Value[siblings.Count];
        int untilPoll = 0;
        for (int i = 0; i < values.Length; i++)
        {
            evaluation.Poll(ref untilPoll);
            var item = scope with { Item = siblings[i], Index = i };
            values[i] = ListValue.Keep(ExpressionEvaluator.Evaluate(window.Value, item, evaluation));
        }

        return values;
    }

    /// <summary>The sums up to each value; one that is none or of no use adds nothing, as in a sum.</summary>
    public static Value[] Sum(BoundWindow window, Value[] values, EvaluationContext evaluation)
    {
        var fold = new SumFold(window.Function.Name, isMean: false);
        var sums = new Value[values.Length];
        for (int i = 0; i < sums.Length; i++)
        {
            fold.Add(values[i]);
            sums[i] = fold.ValueSoFar;
        }

        fold.Finish(window, evaluation);
        return sums;
    }

    /// <summary>What all values fold to, for each of them.</summary>
    public static Value[] Fold(BoundWindow window, Value[] values, EvaluationContext evaluation)
    {
        var parameter = window.Parameter is decimal number ? new NumberValue(number) : null;
        var fold = FoldTable.Create(window.Function.Name, isConditional: true, parameter, window.Span);
        foreach (var value in values)
            fold.Add(value);

        var folded = new Value[values.Length];
        Array.Fill(folded, fold.Finish(window, evaluation));
        return folded;
    }

    /// <summary>The places of the values in the order that suits all of them; none has no place, and what failed has one that is unknown.</summary>
    public static Value[] Rank(BoundWindow window, Value[] values, EvaluationContext evaluation)
    {
        var vote = new KeyVote();
        var keys = new OrderKey[values.Length];
        for (int i = 0; i < keys.Length; i++)
        {
            var cell = new KeyCell(Cell.Of(values[i]));
            vote.Add(cell);
            keys[i] = new OrderKey(cell, values[i]);
        }

        vote.Note(window.Function.Name, evaluation);
        var order = new KeyOrder(vote.Reading, isDescending: window.Parameter is not "asc");
        int[] places = [.. Enumerable.Range(0, keys.Length).Where(i => !keys[i].IsMissing).OrderBy(i => keys[i], order)];
        var ranks = new Value[values.Length];
        for (int i = 0; i < ranks.Length; i++)
            ranks[i] = (Value?)Unknown.Of(values[i]) ?? NoneValue.Instance;
        for (int i = 0; i < places.Length; i++)
            ranks[places[i]] = i > 0 && order.Compare(keys[places[i - 1]], keys[places[i]]) == 0 ? ranks[places[i - 1]] : new NumberValue(i + 1L);
        return ranks;
    }
}
