using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Texts.Measures;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>
/// What free stages make of values that a plan does not have: at most so many items of at most so many tokens; a text has no more parts than bytes. Nothing is compared with what is not
/// there, so no row is dropped; where an operator has no bound here, nobody can tell.
/// </summary>
internal static class FreeStageBound
{
    private const long NumberTokens = 16;
    private const long JoinedTokens = 8;

    /// <summary>The stage's result: evaluated where input and arguments are known, else its size at most.</summary>
    public static PlannedValue Of(PlannedValue input, BoundStage stage, PlannedVariables variables, EvaluationContext evaluation)
    {
        string? waits = variables.WaitsFor(stage);
        if (input.Known is { } known && waits is null)
            return PlannedValue.Of(StageEvaluator.Evaluate(known, stage, null, evaluation));

        var sized = input.Sized();
        return new Bounds(sized with { After = waits ?? sized.After }, stage, variables, evaluation).Find();
    }

    private sealed class Bounds(PlannedValue input, BoundStage stage, PlannedVariables variables, EvaluationContext evaluation)
    {
        private bool IsList => stage.Input.ItemType is not null;

        private bool IsGrouped => stage.Has("by");

        public PlannedValue Find() => stage.Operator.Name switch
        {
            "where" or "distinct" or "sort" or "skip" => input,
            "first" or "last" when !stage.Has("count") => PlannedValue.Single(input.MaxItemTokens, input.After) with { MaxTextBytes = input.MaxTextBytes },
            "first" or "last" => Cut(Amount("count")),
            "top" => stage.Has("withTies") || IsGrouped ? input : Cut(Amount("count")),
            "sample" => stage.Has("percent") ? IsList ? input : Unbounded : Cut(Amount("count")),
            "rank" => stage.Has("count") ? Cut(Amount("count")) : IsList ? input : Unbounded,
            "peek" => Peeked(),
            "slice" => Sliced(),
            "chunk" => Chunked(),
            "get" => IsList ? input with { MaxTextBytes = null, MaxParts = null } : PlannedValue.Single(input.MaxTokens, input.After),
            "map" => PlannedValue.List(input.MaxItems, SizeOf("value"), input.After),
            "extend" => PlannedValue.List(input.MaxItems, Sum(stage.Bindings("bindings"), input.MaxItemTokens), input.After),
            "select" => PlannedValue.List(input.MaxItems, Sum(stage.Bindings("columns"), 0), input.After),
            "group" => PlannedValue.List(input.MaxItems, input.MaxTokens * 2, input.After) with { MaxTokens = input.MaxTokens * 2, MaxParts = input.MaxItems },
            "flatten" when !stage.Has("field") => PlannedValue.List(input.MaxParts, input.MaxItemTokens, input.After) with { MaxTokens = input.MaxTokens },
            "count" => IsGrouped ? Counted() : Number,
            "share" => !IsGrouped ? Number : stage.Has("condition") ? Keyed(input.MaxItems) : Counted(),
            "sum" or "average" or "min" or "max" or "median" => IsGrouped ? Keyed(input.MaxItems) : PlannedValue.Single(input.MaxItemTokens + NumberTokens, input.After),
            "aggregate" => IsGrouped ? PlannedValue.List(input.MaxItems, null, input.After) : PlannedValue.Single(null, input.After),
            "any" or "all" => Number,
            "join" => PlannedValue.Single(input.MaxTokens + (input.MaxItems * variables.SizeOf(stage.Expression("separator"), null, evaluation)), input.After),
            "pairs" => PlannedValue.List(input.MaxItems is { } n ? PlannedAmount.Product(n, Math.Max(0, n - 1)) / 2 : null, (input.MaxItemTokens * 2) + JoinedTokens, input.After),
            "follow" => input,
            "join on" => Joined(least: 0),
            "left join" => Joined(least: 1),
            "call" => stage.IsLifted && stage.Expression("value").Type is { ItemType: null } type && type != RlmType.Unknown
                ? PlannedValue.List(input.MaxItems, SizeOf("value"), input.After)
                : Unbounded,
            "lines" or "paragraphs" or "sentences" or "words" or "grep" => Parts(bytes => bytes),
            "split" => Parts(bytes => bytes + 1),
            "extract" => Extracted(),
            "extract field" => PlannedValue.List(input.MaxItems, input.MaxItemTokens * 2, input.After),
            "parse" when stage.Word("format") is "json" or "jsonl" or "csv" or "tsv" => PlannedValue.List(CountOf(bytes => bytes), null, input.After),
            _ => Unbounded,
        };

        private PlannedValue Unbounded => PlannedValue.Single(null, input.After);

        private PlannedValue Number => PlannedValue.Single(NumberTokens, input.After);

        /// <summary>At most so many of the items; of a text, of its lines.</summary>
        private PlannedValue Cut(long? count)
        {
            long? items = IsList ? Least(input.MaxItems, count) : count;
            long? each = IsList ? input.MaxItemTokens : input.MaxTokens;
            var cut = PlannedValue.List(items, each, input.After) with { MaxTextBytes = input.MaxTextBytes, MaxParts = input.MaxParts };
            return input.MaxTokens is { } all ? cut with { MaxTokens = Math.Min(all, cut.MaxTokens ?? all) } : cut;
        }

        /// <summary>How many parts all texts have, where a text of so many bytes, 1 at least, has so many: none is empty, or a separator stands before it.</summary>
        private long? CountOf(Func<long, long> parts) =>
            (IsList ? input.MaxItems : 1) is { } texts && input.MaxTextBytes is { } bytes ? PlannedAmount.Product(texts, parts(Math.Max(1, bytes))) : null;

        /// <summary>Parts of each text.</summary>
        private PlannedValue Parts(Func<long, long> count) => input with
        {
            MaxItems = CountOf(count),
            MaxItemTokens = IsList ? input.MaxItemTokens : input.MaxTokens,
            MaxParts = null,
        };

        /// <summary>A row for each match, which may be empty: at each byte and each line's end.</summary>
        private PlannedValue Extracted()
        {
            long? each = IsList ? input.MaxItemTokens : input.MaxTokens, row = 0;
            foreach (string name in stage.Pattern("pattern").Captures)
                row += TokenEstimate.OfText(name) + JoinedTokens + (each is { } tokens ? Math.Max(tokens, NumberTokens) : null);
            return PlannedValue.List(CountOf(bytes => (2 * bytes) + 1), row, input.After);
        }

        private PlannedValue Peeked()
        {
            string unit = stage.Word("unit") ?? (IsList ? "items" : "lines");
            if (unit is "lines" or "items" || (unit == "words" && !IsList))
                return Cut(stage.Has("count") ? Amount("count") : 10);
            return IsList ? input : PlannedValue.Single(input.MaxTokens, input.After);
        }

        private PlannedValue Sliced()
        {
            if (!IsList)
                return input;
            return stage.Word("unit") is null or "items" or "lines" ? Cut(Amount("end") is { } end && Amount("start") is { } start ? Math.Max(0, end - start) : null) : input;
        }

        private PlannedValue Chunked()
        {
            long? overlap = stage.Has("overlap") ? Amount("overlap") : 0;
            if (stage.Has("parts"))
            {
                var pieces = PlannedValue.List(Amount("parts"), input.MaxTokens, input.After);
                return pieces with { MaxTokens = input.MaxTokens, MaxTextBytes = IsList ? null : input.MaxTextBytes, MaxParts = IsList ? input.MaxItems : null };
            }

            if (stage.Has("pattern"))
                return Parts(bytes => bytes + 1);
            if (Amount("size") is not { } size || size == 0)
                return Unbounded;

            if (!IsList)
            {
                return overlap != 0 ? Parts(bytes => bytes) with { MaxTokens = null }
                    : stage.Word("unit") is null or "lines" ? Parts(bytes => ((bytes - 1) / size) + 1)
                    : Parts(bytes => bytes);
            }

            if (stage.Word("unit") == "items")
            {
                long step = Math.Max(1, size - (overlap ?? size));
                var lists = PlannedValue.List(input.MaxItems is { } items ? (items + step - 1) / step : null, input.MaxItemTokens is { } each ? PlannedAmount.Product(each, size) : null, input.After);
                return lists with { MaxParts = overlap == 0 ? input.MaxItems : null };
            }

            // Texts are cut and put together again, other items are put into lists: each piece begins with one that is in none before.
            bool isTexts = stage.Input.ItemType is not { IsTextual: false };
            return new PlannedValue
            {
                MaxItems = isTexts ? CountOf(bytes => bytes) : input.MaxItems,
                MaxTokens = overlap == 0 ? input.MaxTokens : null,
                MaxItemTokens = input.MaxTokens,
                MaxParts = isTexts || overlap != 0 ? null : input.MaxItems,
                After = input.After,
            };
        }

        private PlannedValue Joined(long least)
        {
            var other = variables.Of(stage.Expression("rows"), evaluation).Sized();
            return PlannedValue.List(
                input.MaxItems is { } left && other.MaxItems is { } right ? PlannedAmount.Product(left, Math.Max(least, right)) : null,
                input.MaxItemTokens + other.MaxItemTokens + JoinedTokens, input.After);
        }

        /// <summary>A row for each key, and for each label of a key that has a domain.</summary>
        private PlannedValue Counted() => Keyed(stage.Bindings("by").Count > 1 ? input.MaxItems : input.MaxItems + variables.MaxLabels);

        private PlannedValue Keyed(long? rows) => PlannedValue.List(rows, Sum(stage.Bindings("by"), NumberTokens), input.After);

        private long? Sum(IReadOnlyList<BoundBinding> bindings, long? start) =>
            bindings.Aggregate(start, (sum, binding) => sum + JoinedTokens + variables.SizeOf(binding.Value, input.MaxItemTokens, evaluation));

        private long? SizeOf(string slot) => variables.SizeOf(stage.Expression(slot), input.MaxItemTokens, evaluation);

        private long? Amount(string slot) =>
            stage.FindExpression(slot) is { } expression && variables.IsKnown(expression) ? StageAmounts.Find(stage, slot, null, evaluation) : null;

        private static long? Least(long? left, long? right) => left is { } one && right is { } other ? Math.Min(one, other) : left ?? right;
    }
}
