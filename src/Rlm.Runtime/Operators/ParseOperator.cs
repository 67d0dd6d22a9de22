using System.Text.Json;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Streaming;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Texts.Tables;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>Rows of JSON, JSON lines, CSV or TSV, read as they are asked for, or the text of HTML or Markdown. What cannot be read is left out or none, and counted in a note.</summary>
internal sealed class ParseOperator : IOperator
{
    public string Name => "parse";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        string format = stage.Word("format")!;
        var note = evaluation.Running(stage, () => new ParseNote(format));
        if (format is "html" or "markdown")
            return MarkupText.Of(text, format == "html", note, evaluation.CancellationToken);

        return format switch
        {
            "jsonl" => JsonLines(text, stage, note, evaluation.CancellationToken),
            "json" => ListValue.Stream(Json(text, stage)),
            _ => Table(text, format == "tsv", note, evaluation.CancellationToken),
        };
    }

    private static ListValue JsonLines(TextInput text, BoundStage stage, ParseNote note, CancellationToken cancellationToken)
    {
        var shape = stage.Output.ItemType?.Required is RecordType row ? new RecordShape([.. row.Fields.Select(field => field.Name)]) : null;
        return ListValue.OfRows(new RowSource(() => new JsonLineRows(text, shape, note, cancellationToken)) { Shape = shape });
    }

    private static IEnumerable<Value> Json(TextInput text, BoundStage stage)
    {
        using var values = new JsonRows().ReadElements(text.Slice, text.IsComputed, text.Origin).GetEnumerator();
        while (true)
        {
            try
            {
                if (!values.MoveNext())
                    yield break;
            }
            catch (Exception exception) when (exception is JsonException or InvalidOperationException)
            {
                throw new EvaluationException(stage.Span, $"`{text.Slice.Source.Name}` is no JSON: {TextFiles.OneLine(exception)}",
                    "write `parse jsonl` where each line is a JSON value of its own");
            }

            yield return values.Current;
        }
    }

    private static ListValue Table(TextInput text, bool isTabbed, ParseNote note, CancellationToken cancellationToken)
    {
        byte delimiter = DelimitedReader.DelimiterOf(text.Slice, isTabbed);
        if (DelimitedSchema.Of(text.Slice, delimiter, cancellationToken) is not { } schema)
            return ListValue.Empty;

        var shape = new RecordShape(schema.Names);
        return ListValue.OfRows(new RowSource(() => new TableRows(text, delimiter, schema, shape, note, cancellationToken)) { Shape = shape });
    }
}
