using Rlm.Dsl.Binding;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>The items of the list that comes into a stage.</summary>
internal static class StageItems
{
    /// <summary>
    /// The items one by one, each in its scope; the list is read into memory only where an expression asks for neighbours.
    /// </summary>
    public static IEnumerable<Scope> Scopes(Value input, BoundStage stage, Scope? outer, EvaluationContext evaluation)
    {
        var list = ListOf(input, stage);
        var siblings = NeighbourSearch.HasNeighbours(stage) ? list.ReadAll() : null;
        return NumberScopes(PollEach(siblings ?? list.Items, evaluation), siblings, outer);
    }

    /// <summary>The items one by one, without a scope.</summary>
    public static IEnumerable<Value> Of(Value input, BoundStage stage, EvaluationContext evaluation) =>
        PollEach(ListOf(input, stage).Items, evaluation);

    /// <summary>The list; <see cref="EvaluationException"/> for any other value.</summary>
    public static ListValue ListOf(Value input, BoundStage stage) => input as ListValue
        ?? throw new EvaluationException(
            stage.Span,
            $"`{stage.Operator.Name}` takes a list and got {ValueKinds.Describe(input)}",
            input is TextValue ? "cut the text first, as with `lines`" : null);

    /// <summary>That a part of a sorted list left out items equal to the last one taken.</summary>
    public static string NoteOfTies(string name, int taken, long ties) =>
        $"{name} {taken}: {Amount.Of(ties)} more {Amount.Agree(ties, "{row ties|rows tie}")} with the last one taken; `top {taken} by … with ties` takes {Amount.Agree(ties, "{it|them}")} too";

    private static IEnumerable<Scope> NumberScopes(IEnumerable<Value> items, IReadOnlyList<Value>? siblings, Scope? outer)
    {
        int index = 0;
        foreach (var item in items)
            yield return new Scope(item, index++, siblings, outer);
    }

    private static IEnumerable<Value> PollEach(IEnumerable<Value> items, EvaluationContext evaluation)
    {
        int untilPoll = 0;
        foreach (var item in items)
        {
            evaluation.Poll(ref untilPoll);
            yield return ListValue.Keep(item);
        }
    }
}
