using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators.Find;

/// <summary>Each row with the captures of the first match in one of its fields; a row that does not match stays, and its captures are none.</summary>
internal sealed class ExtractFieldOperator : IOperator
{
    public string Name => "extract field";

    public PlannedValue Bound(PlannedStage stage) => stage.List(stage.Input.MaxItems, stage.Input.MaxItemTokens * 2);

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        StageItems.ListOf(input, stage);
        return ListValue.Stream(Extended(input, stage, scope, evaluation));
    }

    private static IEnumerable<Value> Extended(Value input, BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var pattern = stage.Pattern("pattern");
        var regex = PatternCache.RegexOf(pattern, null);
        var declared = stage.TypeArgument("as")?.Required as RecordType;
        (string Name, RlmType? Type)[] captures = [.. pattern.Captures.Select(name => (name, declared?.Find(name)?.Type))];
        string field = stage.Word("field")!;
        var rows = new RowExtender(stage.Input.ItemType ?? RlmType.Unknown);
        var note = evaluation.GetRunning(stage, static () => new ExtractFieldNote());
        note.Field = field;
        foreach (var item in StageItems.Scopes(input, stage, scope, evaluation))
        {
            var text = Operands.Textual(FieldAccess.Of(item.Item, field));
            var match = text is null ? null : FirstMatch(regex, text.ToString());
            note.CountRow(match is not null, text);
            Value[] values = match is null ? [] : ValuesOf(match, text!, captures, note, evaluation);
            var row = item.Item;
            for (int i = 0; i < captures.Length; i++)
                row = rows.With(row, captures[i].Name, match is null ? NoneValue.Instance : values[i]);
            yield return row;
        }

        if (note.HasNoMatch)
        {
            throw new EvaluationException(stage.Span, $"`extract {field}` matches none of the rows; the first is `{note.FirstUnmatched}`",
                "look at the field with `| get FIELD | sample 5`, and write the pattern after it");
        }
    }

    private static Match? FirstMatch(Regex regex, string text)
    {
        for (var match = regex.Match(text); match.Success; match = match.NextMatch())
        {
            if (match.Length > 0)
                return match;
        }

        return null;
    }

    /// <summary>The captures as values, cut in the order in which they stand in the text.</summary>
    private static Value[] ValuesOf(Match match, TextValue text, (string Name, RlmType? Type)[] captures, ExtractFieldNote note, EvaluationContext evaluation)
    {
        var values = new Value[captures.Length];
        var pieces = new TextPieces(text, text.ToString());
        foreach (int i in Enumerable.Range(0, captures.Length).OrderBy(place => match.Groups[captures[place].Name].Index))
        {
            var group = match.Groups[captures[i].Name];
            var read = group.Success ? FieldReading.Read(pieces.Cut(group.Index, group.Length), captures[i].Type, evaluation.Now) : NoneValue.Instance;
            if (read is null)
                note.CountUnreadable(captures[i].Name);
            if (read is DateValue date)
                evaluation.CountGuess(date.Point.Guess);
            values[i] = read ?? NoneValue.Instance;
        }

        return values;
    }
}
