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
internal sealed class ParseOperator : TextOperator
{
    public override string Name => "parse";

    public override TextStage Prepare(BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        string format = stage.Word("format")!;
        var note = evaluation.Running(stage, () => new ParseNote(format));
        return format switch
        {
            "html" or "markdown" => new Markup(format == "html", note, evaluation.CancellationToken),
            "jsonl" => new JsonLines(stage, note, evaluation.CancellationToken),
            "json" => new Json(stage),
            _ => new Table(format == "tsv", note, evaluation.CancellationToken),
        };
    }

    private sealed class Markup(bool isHtml, ParseNote note, CancellationToken cancellationToken) : TextStage
    {
        public override Value Evaluate(TextInput text) => MarkupText.Of(text, isHtml, note, cancellationToken);

        public override RowReader Open(TextInput text) => new OneRow(Evaluate(text));
    }

    private sealed class JsonLines(BoundStage stage, ParseNote note, CancellationToken cancellationToken) : TextStage
    {
        private readonly JsonRows _rows = new();

        public override RecordShape? Shape { get; } =
            stage.Output.ItemType?.Required is RecordType row ? new RecordShape([.. row.Fields.Select(field => field.Name)]) : null;

        public override RowReader Open(TextInput text) => new JsonLineRows(text, _rows, Shape, note, cancellationToken);
    }

    private sealed class Json(BoundStage stage) : TextStage
    {
        private readonly JsonRows _rows = new();

        public override RowReader Open(TextInput text) => new ValueRows(Elements(text));

        private IEnumerable<Value> Elements(TextInput text)
        {
            using var values = _rows.ReadElements(text.Slice, text.IsComputed, text.Origin).GetEnumerator();
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
    }

    private sealed class Table(bool isTabbed, ParseNote note, CancellationToken cancellationToken) : TextStage
    {
        public override Value Evaluate(TextInput text) => ListOf(text);

        public override RowReader Open(TextInput text) => ListOf(text).Rows.Open();

        private ListValue ListOf(TextInput text)
        {
            var dialect = DelimitedDialect.Of(text.Slice, isTabbed, cancellationToken);
            if (DelimitedSchema.Of(dialect, cancellationToken) is not { } schema)
                return ListValue.Empty;

            var shape = new RecordShape(schema.Names);
            return ListValue.OfRows(new RowSource(() => new TableRows(text, dialect, schema, shape, note, cancellationToken)) { Shape = shape });
        }
    }
}
