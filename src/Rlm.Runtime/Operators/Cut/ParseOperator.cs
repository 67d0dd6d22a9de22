using System.Text.Json;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Tables;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Cut;

/// <summary>
/// Rows of JSON, JSON lines, CSV, TSV, a workbook or a table of HTML or Markdown, read as they are asked for, or the text of HTML or Markdown. What
/// cannot be read is left out or none, and counted in a note.
/// </summary>
internal sealed class ParseOperator : TextOperator
{
    public override string Name => "parse";

    public override PlannedValue Bound(PlannedStage stage) =>
        stage.Bound.Find(Slots.Format) is "json" or "jsonl" or "csv" or "tsv" or "xlsx"
            ? stage.List(stage.CountOf(bytes => bytes), null)
            : stage.Unbounded;

    public override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        string format = stage.Get(Slots.Format);
        bool isMain = stage.Has(Slots.Main);
        var note = evaluation.GetRunning(stage, () => new ParseNote(isMain ? $"{format} main" : format));
        return format switch
        {
            "html" or "markdown" => new Markup(format == "html", isMain, FindReader(stage), note, evaluation.Cancellation),
            "json" or "jsonl" => new Json(stage, note, evaluation.Now, evaluation.Cancellation),
            "table" => new MarkupTable(
                stage, FindReader(stage), StageArguments.FindCount(stage, Slots.Number, scope, evaluation), note, evaluation.Now,
                evaluation.Cancellation),
            "xlsx" => new Workbook(stage, note, evaluation.Now, evaluation.Cancellation),
            _ => new Table(format == "tsv", note, evaluation.Now, evaluation.Cancellation),
        };
    }

    private static IDocumentReader FindReader(BoundStage stage) => DocumentReader.Registered
        ?? throw new EvaluationException(
            stage.Span, $"`parse {stage.Get(Slots.Format)}` needs a reader that this host has not registered", DocumentReader.HowToAdd);

    private sealed class Markup(
        bool isHtml, bool isMain, IDocumentReader reader, ParseNote note, StatementCancellation cancellation) : TextStage
    {
        public override Value Evaluate(TextInput text) => MarkupText.Of(text, isHtml, isMain, reader, note, cancellation.Token);

        public override RowReader Open(TextInput text) => new OneRow(Evaluate(text));
    }

    private sealed class Json : TextStage
    {
        private readonly BoundStage _stage;
        private readonly ParseNote _note;
        private readonly StatementCancellation _cancellation;
        private readonly bool _isLines;
        private readonly JsonRows _rows;
        private readonly RecordShape? _shape;

        public Json(BoundStage stage, ParseNote note, DateTime? now, StatementCancellation cancellation)
        {
            (_stage, _note, _cancellation) = (stage, note, cancellation);
            _isLines = stage.Get(Slots.Format) == "jsonl";
            _shape = _isLines && stage.Output.ItemType?.Required is RecordType row ? new RecordShape([.. row.Fields.Select(field => field.Name)]) : null;
            _rows = new JsonRows(new JsonColumns(() => Texts?.SelectMany(ReadAgain), MayHoldCommas, () => LatestOf(now)));
        }

        /// <summary>The fields of rows that are read as cells; null where a text is an array, whose rows are values.</summary>
        public override RecordShape? Shape => _shape is null || Texts?.All(AreLines) != true ? null : _shape;

        public override ValueKind? KindOf(int field)
        {
            if (Shape is not { } shape)
                return null;

            ValueKind? kind = null;
            foreach (var text in Texts!)
            {
                using var lines = new JsonLineRows(text, new JsonRows(), shape, new ParseNote("jsonl"), _cancellation.Token);
                while (lines.MoveNext())
                {
                    if (!lines.Has(field) && lines.Item is not RecordValue)
                        return null;
                    var found = lines.Has(field) ? lines.KindAt(field) : ValueKinds.Of(FieldAccess.Of(lines.Item, shape.Names[field]));
                    if (found is not ValueKind.None && (kind ??= found) != found)
                        return null;
                }
            }

            return kind;
        }

        public override RowReader Open(TextInput text) => AreLines(text)
            ? new JsonLineRows(text, _rows, _shape, _note, _cancellation.Token)
            : new ValueRows(Elements(text, _rows));

        private bool AreLines(TextInput text) => _isLines ? !JsonRows.IsArrayOfRecords(text.Slice) : JsonRows.AreLines(text.Slice);

        private IEnumerable<Value> ReadAgain(TextInput text) => AreLines(text) ? Lines(text) : Elements(text, new JsonRows());

        private IEnumerable<Value> Lines(TextInput text)
        {
            using var lines = new JsonLineRows(text, new JsonRows(), null, new ParseNote("jsonl"), _cancellation.Token);
            while (lines.MoveNext())
                yield return lines.Item;
        }

        private IEnumerable<Value> Elements(TextInput text, JsonRows rows)
        {
            using var values = rows.ReadElements(text.Slice, text.IsComputed, text.Origin).GetEnumerator();
            while (true)
            {
                try
                {
                    if (!values.MoveNext())
                        yield break;
                }
                catch (Exception exception) when (exception is JsonException or InvalidOperationException)
                {
                    throw new EvaluationException(_stage.Span, $"`{text.Slice.Source.Name}` is not JSON: {TextException.ToOneLine(exception)}",
                        "write `parse jsonl` where each line is a JSON value of its own");
                }

                yield return values.Current;
            }
        }
    }

    private sealed class Table(bool isTabbed, ParseNote note, DateTime? now, StatementCancellation cancellation) : TextStage
    {
        public override Value Evaluate(TextInput text) => Rows(
            text, text.Source, DelimitedDialect.Of(text.Slice, isTabbed, cancellation.Token), note, text.Slice.Source.ModifiedUtc ?? now, cancellation);

        public override RowReader Open(TextInput text) => ((ListValue)Evaluate(text)).Rows.Open();
    }

    private sealed class Workbook(BoundStage stage, ParseNote note, DateTime? now, StatementCancellation cancellation) : TextStage
    {
        public override Value Evaluate(TextInput text)
        {
            if (WorkbookText.Of(text.Slice, cancellation.Token) is not { } workbook)
            {
                if (!stage.IsLifted)
                {
                    throw new EvaluationException(
                        stage.Span, $"`{text.Slice.Source.Name}` is not the text of a workbook",
                        "write `parse csv` for rows below one header; the text of a workbook has `## SHEET` above the rows of each sheet");
                }

                note.Count("text", "{is|are} not of a workbook", text.Slice);
                return ListValue.Empty;
            }

            return WorkbookRows.Of(text, workbook, note, text.Slice.Source.ModifiedUtc ?? now, cancellation);
        }

        public override RowReader Open(TextInput text) => ((ListValue)Evaluate(text)).Rows.Open();
    }

    private sealed class MarkupTable(
        BoundStage stage, IDocumentReader reader, int? number, ParseNote note, DateTime? now, StatementCancellation cancellation) : TextStage
    {
        public override Value Evaluate(TextInput text)
        {
            var table = TableText.Of(text.Slice, reader, number ?? 1, cancellation.Token);
            if (table.Tables > 1 && number is null)
                note.Count("text", "{has|have} more tables than the first, which is read; `parse table 2` reads the second", text.Slice);
            if (!table.HasAllSpans)
                note.Count("text", MarkupText.SpansNote, text.Slice);
            if (table.Unclosed is { } unclosed)
                MarkupText.CountUnclosed(note, unclosed.Name, unclosed.Place);
            if (table.Dialect is { } dialect)
                return Rows(
                    TextInput.Of(new TextValue(table.Source!.Whole)), text.Source, dialect, note, text.Slice.Source.ModifiedUtc ?? now, cancellation);
            if (!stage.IsLifted)
                throw new EvaluationException(
                    stage.Span,
                    TellMissing(text, table.Tables),
                    "write `parse csv`, `parse tsv` or `parse jsonl` for rows that are not a table of HTML or Markdown");

            note.Count("text", number is null ? "{holds|hold} no table" : "{holds|hold} fewer tables", text.Slice);
            return ListValue.Empty;
        }

        public override RowReader Open(TextInput text) => ((ListValue)Evaluate(text)).Rows.Open();

        private string TellMissing(TextInput text, int tables) => tables == 0
            ? $"`{text.Slice.Source.Name}` holds no table of HTML or Markdown"
            : $"`{text.Slice.Source.Name}` holds {Amount.Of(tables, "table")}, and this is number {number}";
    }

    private static ListValue Rows(
        TextInput text, TextSource? source, DelimitedDialect dialect, ParseNote note, DateTime? latest, StatementCancellation cancellation)
    {
        if (DelimitedSchema.Of(dialect, cancellation.Token) is not { } schema)
            return ListValue.Empty;

        var shape = new RecordShape(schema.Names);
        var mayHoldCommas = new Lazy<bool>(
            () => dialect.Table.HoldsDigitBehindComma(isQuoted: dialect.Delimiter == (byte)','), LazyThreadSafetyMode.PublicationOnly);
        ColumnReading[] columns = [.. schema.Names.Select((name, i) => new ColumnReading(name, () => Evidence(i))
        {
            IsCommaOpen = dialect.Delimiter == (byte)';',
            MayHoldCommas = mayHoldCommas,
            Latest = () => latest,
            LooksNumeric = schema.Types[i].Required == RlmType.NumberCell,
        })];
        return ListValue.OfRows(
            new RowSource(() => new TableRows(text, dialect, shape, columns, note, cancellation.Token) { Source = source })
            {
                Shape = shape,
                IsWhole = true,
                KindOf = _ => ValueKind.Text,
            });

        ColumnEvidence Evidence(int column)
        {
            using var rows = new TableRows(text, dialect, shape, null, new ParseNote("csv"), cancellation.Token);
            var evidence = new ColumnEvidence();
            rows.AddTo(evidence, column);
            return evidence;
        }
    }
}
