using System.Buffers;
using System.Text;
using System.Text.Json;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Execution;
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

    private static IEnumerable<Value> Table(TextInput text, bool isTabbed, ParseNote note, CancellationToken cancellationToken)
    {
        byte delimiter = DelimitedReader.DelimiterOf(text.Slice, isTabbed);
        if (DelimitedSchema.Of(text.Slice, delimiter, cancellationToken) is not { } schema)
            yield break;

        var shape = new RecordShape(schema.Names);
        using var rows = new DelimitedReader(text.Slice, delimiter, cancellationToken);
        for (bool isHeader = true; rows.MoveNext(); isHeader = false)
        {
            if (rows.Fault != DelimitedFault.None)
                note.Count(isHeader ? "headers have a stray quote, names are as far as could be read" : FaultText(rows.Fault), rows.Row);
            else if (!isHeader)
                yield return RowOf(text, rows, shape, schema, note);
        }
    }

    private static string FaultText(DelimitedFault fault) => fault switch
    {
        DelimitedFault.UnclosedQuote => "rows have a quote that is never closed and are left out",
        DelimitedFault.TextAfterQuote => "rows have text after a closing quote and are left out",
        _ => "rows are longer than 16 MiB and are left out",
    };

    private static RecordValue RowOf(TextInput text, DelimitedReader rows, RecordShape shape, DelimitedSchema schema, ParseNote note)
    {
        var cells = rows.Cells;
        if (cells.Count < schema.Names.Count)
            note.Count("rows have too few cells, the others are none", rows.Row);
        else if (cells.Count > schema.Names.Count)
            note.Count("rows have more cells than the header, which are left out", rows.Row);

        var fields = new Value[schema.Names.Count];
        var bytes = rows.Bytes;
        for (int i = 0; i < fields.Length; i++)
            fields[i] = i < cells.Count ? CellOf(text, rows.Row, bytes, cells[i], schema.Types[i], note) : NoneValue.Instance;
        return new RecordValue(shape, fields, text.Part(rows.Row));
    }

    private static Value CellOf(TextInput text, TextSlice row, ReadOnlySpan<byte> bytes, DelimitedCell cell, RlmType type, ParseNote note)
    {
        if (cell.IsMissing)
            return NoneValue.Instance;
        if (type.Required == RlmType.Number && NumberOf(bytes.Slice(cell.Start, cell.Length)) is { } number)
            return new NumberValue(number);

        var slice = row with { Start = row.Start + cell.Start, Length = cell.Length };
        var value = cell.HasDoubledQuotes ? new TextValue(cell.TextIn(bytes), text.IsComputed ? text.Origin : slice) : text.Part(slice);
        if (FieldReading.Read(value, type) is { } read)
            return read;

        note.Count($"cells are no {type.Required} and are none", slice);
        return NoneValue.Instance;
    }

    /// <summary>The number that a short ASCII cell is, without a string between; null for all others.</summary>
    private static decimal? NumberOf(ReadOnlySpan<byte> cell)
    {
        Span<char> text = stackalloc char[32];
        return cell.Length <= text.Length && Ascii.ToUtf16(cell, text, out int length) == OperationStatus.Done ? NumberText.TryRead(text[..length]) : null;
    }
}
