using System.Text.Json;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Texts.Tables;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>Rows of JSON, JSON lines, CSV or TSV, read as they are asked for. What cannot be read is left out or none, and counted in a note.</summary>
internal sealed class ParseOperator : IOperator
{
    private const long MaxJsonBytes = 1L << 30;

    public string Name => "parse";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        string format = stage.Word("format")!;
        var note = evaluation.Running(stage, () => new ParseNote(format));
        return ListValue.Stream(format switch
        {
            "jsonl" => JsonLines(text, note, evaluation.CancellationToken),
            "json" => Json(text, stage),
            _ => Table(text, format == "tsv", note, evaluation.CancellationToken),
        });
    }

    private static IEnumerable<Value> JsonLines(TextInput text, ParseNote note, CancellationToken cancellationToken)
    {
        var json = new JsonRows();
        using var lines = new LineScanner(text.Slice, cancellationToken);
        while (lines.MoveNext())
        {
            if (lines.IsBlank)
                continue;

            var line = new TextSlice(text.Slice.Source, lines.Start, lines.Length);
            if (json.Read(text.IsComputed ? null : line, lines.Bytes, text.Part(line), out _) is { } row)
                yield return row;
            else
                note.Count("lines are no JSON and are left out", line);
        }
    }

    private static IEnumerable<Value> Json(TextInput text, BoundStage stage)
    {
        if (text.Slice.Length > MaxJsonBytes)
            throw new TextException($"`{text.Slice.Source.Name}`: {text.Slice.Length:N0} bytes are too many for one JSON text; use JSON lines");

        byte[] bytes = new byte[text.Slice.Length];
        text.Slice.Source.Read(text.Slice.Start, bytes);
        using var values = new JsonRows().ReadElements(text.Slice, text.IsComputed, bytes, text.Origin).GetEnumerator();
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

    private static IEnumerable<Value> Table(TextInput text, bool isTabbed, ParseNote note, CancellationToken cancellationToken)
    {
        byte delimiter = DelimitedReader.DelimiterOf(text.Slice, isTabbed);
        if (DelimitedSchema.Of(text.Slice, delimiter, cancellationToken) is not { } schema)
            yield break;

        var shape = new RecordShape(schema.Names);
        foreach (var row in DelimitedReader.Rows(text.Slice, delimiter, cancellationToken).Skip(1))
        {
            if (row.IsUnclosed)
            {
                note.Count("rows have a quote that is never closed and are left out", row.Slice);
                continue;
            }

            if (row.Cells.Count < schema.Names.Count)
                note.Count("rows have too few cells, the others are none", row.Slice);
            else if (row.Cells.Count > schema.Names.Count)
                note.Count("rows have more cells than the header, which are left out", row.Slice);

            var fields = new Value[schema.Names.Count];
            for (int i = 0; i < fields.Length; i++)
                fields[i] = i < row.Cells.Count ? CellOf(text, row.Cells[i], schema.Types[i], note) : NoneValue.Instance;
            yield return new RecordValue(shape, fields, text.Part(row.Slice));
        }
    }

    private static Value CellOf(TextInput text, DelimitedCell cell, RlmType type, ParseNote note)
    {
        if (cell.Slice.Length == 0 && !cell.IsQuoted)
            return NoneValue.Instance;

        var value = cell.HasDoubledQuotes ? new TextValue(cell.ToString(), text.IsComputed ? text.Origin : cell.Slice) : text.Part(cell.Slice);
        if (FieldReading.Read(value, type) is { } read)
            return read;

        note.Count($"cells are no {type.Required} and are none", cell.Slice);
        return NoneValue.Instance;
    }
}
