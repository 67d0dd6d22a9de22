using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Rows;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Rows;

/// <summary>
/// <c>fill F by STEP</c>: the rows by the field, with a row for each step from the least to the greatest that has none, in each group from the
/// least to the greatest of all.
/// </summary>
internal sealed class FillOperator : IOperator
{
    private const int MostRows = 1_000_000;

    public string Name => "fill";

    public PlannedValue Bound(PlannedStage stage) => stage.List(null, stage.Input.MaxItemTokens);

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        string field = stage.Get(Slots.Field);
        var steps = FillSteps.Of(stage, scope, evaluation);
        var empty = new EmptyFields(stage, scope, evaluation);
        Value[] items = [.. StageItems.Of(input, stage, evaluation)];
        decimal?[] places = [.. items.Select(item => PlaceOf(item, field, steps, stage, evaluation))];
        if (!places.Any(place => place is not null))
            return ListValue.OfMade(items);

        var grid = GridOf(places, steps, field, stage);
        var groups = PlaceGroups.Of(items, stage, scope, evaluation);
        if ((long)grid.Count * groups.Groups.Count > MostRows)
            throw TooMany(stage);

        string[] keys = [.. (stage.Find(Slots.By) ?? []).Select(key => key.Value.FieldName).OfType<string>()];
        List<Value> filled = [];
        List<int> last = [.. groups.Unknown.Select(unknown => unknown.Place)];
        int made = 0;
        foreach (int[] group in groups.Groups)
        {
            last.AddRange(group.Where(i => places[i] is null));
            if (group.FirstOrDefault(i => places[i] is not null, -1) is not (>= 0 and var first))
                continue;

            var known = group.Where(i => places[i] is not null).ToLookup(i => places[i]!.Value);
            foreach (decimal place in grid)
            {
                if (known.Contains(place))
                {
                    filled.AddRange(known[place].Select(i => items[i]));
                    continue;
                }

                filled.Add(MakeRow((RecordValue)items[first], field, steps.ValueAt(place), keys, empty));
                made++;
            }
        }

        if (made > 0)
            evaluation.Note($"fill: {Amount.Of(made, "row")} {Amount.Agree(made, "{was|were}")} added");
        filled.AddRange(last.Order().Select(i => items[i]));
        return ListValue.OfMade(filled);
    }

    private static decimal? PlaceOf(Value item, string field, FillSteps steps, BoundStage stage, EvaluationContext evaluation)
    {
        if (item is not RecordValue row)
            throw new EvaluationException(stage.Span, $"`fill` takes rows and got {ValueKinds.Describe(item)}");
        if (Unknown.IsApart(row))
            return null;

        var value = FieldAccess.Read(row, field, evaluation);
        if (steps.PlaceOf(value) is { } place)
            return place;

        string what = $"{{has|have}} no {steps.Kind} in `{field}` that `fill` could go by and {{comes|come}} last";
        if (Reading.IsBlank(value) || Reading.IsNone(value))
            evaluation.Tallies.Count("row", what);
        else
            evaluation.Tallies.Lose("row", what, "look at them, and leave them out or mend them before", value);
        return null;
    }

    /// <summary>The steps from the least place to the greatest.</summary>
    private static List<decimal> GridOf(decimal?[] places, FillSteps steps, string field, BoundStage stage)
    {
        decimal least = places.Min()!.Value, greatest = places.Max()!.Value;
        if (places.FirstOrDefault(place => place is { } known && !steps.IsStep(known, least)) is { } other)
        {
            throw new EvaluationException(stage.Span,
                $"`{field}` is {ValueRenderer.InTemplate(steps.ValueAt(other))}, where none of the steps of `fill` begins",
                $"put it into bins of that width before, as in `count by {field} = bin({field}, …)`");
        }

        List<decimal> grid = [];
        for (decimal? place = least; place <= greatest; place = steps.Next(place.Value))
        {
            if (grid.Count == MostRows)
                throw TooMany(stage);
            grid.Add(place.Value);
        }

        return grid;
    }

    private static EvaluationException TooMany(BoundStage stage) =>
        new(stage.Span, Invariant($"`fill` would make more than {MostRows:N0} rows"), "take wider steps, or rows from a shorter stretch");

    private static RecordValue MakeRow(RecordValue like, string field, Value value, string[] keys, EmptyFields empty)
    {
        var fields = new Value[like.Shape.Names.Count];
        for (int i = 0; i < fields.Length; i++)
        {
            string name = like.Shape.Names[i];
            fields[i] = name == field ? value : keys.Contains(name) ? like.Fields[i] : empty.Of(name);
        }

        return new RecordValue(like.Shape, fields);
    }
}
