using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Find;

/// <summary>
/// Each row with the captures of the first match in one of its fields; a row that does not match stays, and its captures are none.
/// </summary>
internal sealed class ExtractFieldOperator : IOperator
{
    public string Name => "extract field";

    public PlannedValue Bound(PlannedStage stage) => stage.List(stage.Input.MaxItems, stage.Input.MaxItemTokens * 2);

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        StageItems.ListOf(input, stage);
        return ListValue.Stream(ExtendRows(input, stage, scope, evaluation));
    }

    private static IEnumerable<Value> ExtendRows(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var pattern = stage.Get(Slots.CapturePattern);
        var finder = PatternMaker.Make(pattern, PatternCache.TextCapturesOf);
        var places = new List<CapturePlace>();
        var declared = stage.Find(Slots.As)?.Required as RecordType;
        (string Name, RlmType? Type)[] captures = [.. pattern.Captures.Select(name => (name, declared?.Find(name)?.Type))];
        string field = stage.Get(Slots.SourceField);
        var rows = new RowExtender(stage.Input.ItemType ?? RlmType.Unknown);
        var note = evaluation.GetRunning(stage, static () => new ExtractFieldNote());
        note.Field = field;
        foreach (var item in StageItems.Scopes(input, stage, scope, evaluation))
        {
            var text = Operands.Textual(FieldAccess.Read(item.Item, field, evaluation));
            string? decoded = text?.ToString();
            places.Clear();
            bool isMatched = decoded is not null && finder.FindFirst(decoded, places);
            note.CountRow(isMatched, text);
            Value[] values = isMatched ? ValuesOf(places, text!, decoded!, captures, note, evaluation) : [];
            var row = item.Item;
            for (int i = 0; i < captures.Length; i++)
                row = rows.With(row, captures[i].Name, isMatched ? values[i] : NoneValue.Instance);
            yield return row;
        }

        if (note.HasNoMatch)
        {
            throw new EvaluationException(stage.Span, $"`extract {field}` matches none of the rows; the first is `{note.FirstUnmatched}`",
                "look at the field with `| get FIELD | sample 5`, and write the pattern after it");
        }
    }

    /// <summary>The captures as values, cut in the order in which they stand in the text.</summary>
    private static Value[] ValuesOf(
        List<CapturePlace> places, TextValue text, string decoded, (string Name, RlmType? Type)[] captures, ExtractFieldNote note,
        EvaluationContext evaluation)
    {
        var values = new Value[captures.Length];
        var pieces = new TextPieces(text, decoded);
        foreach (int i in Enumerable.Range(0, captures.Length).OrderBy(capture => places[capture].Start))
        {
            var place = places[i];
            var read = place.IsNone
                ? NoneValue.Instance
                : FieldReading.Read(pieces.Cut(place.Start, place.Length), captures[i].Type, evaluation.Now);
            if (read is null)
                note.CountUnreadable(captures[i].Name);
            if (read is DateValue date)
                evaluation.CountGuess(date.Point.Guess);
            values[i] = read ?? NoneValue.Instance;
        }

        return values;
    }
}
