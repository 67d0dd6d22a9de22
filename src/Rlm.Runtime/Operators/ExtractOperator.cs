using System.Text;
using System.Text.RegularExpressions;
using Rlm.Dsl.Binding;
using Rlm.Dsl.Types;
using Rlm.Runtime.Execution;
using Rlm.Runtime.Texts;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Operators;

/// <summary>A row for each match on a line; fields are slices of the text, or what <c>as</c> reads them as.</summary>
internal sealed class ExtractOperator : IOperator
{
    public string Name => "extract";

    public Value Evaluate(Value input, BoundStage stage, Scope? scope, Evaluation evaluation)
    {
        var text = TextInput.Of(input, stage);
        var pattern = stage.Pattern("pattern");
        string? literal = StageArguments.Literal(pattern, scope, evaluation);
        var declared = stage.TypeArgument("as")?.Required as RecordType;
        var search = new Search(
            text,
            PatternCache.RegexOf(pattern, literal),
            LinePattern.Of(pattern, literal),
            pattern.Texts is { } texts ? CaptureTemplate.Of(texts) : null,
            new RecordShape(pattern.Captures),
            [.. pattern.Captures.Select(name => declared?.Find(name)?.Type)],
            evaluation.Running(stage, static () => new ExtractNote()));
        return ListValue.Stream(search.Rows(evaluation.CancellationToken));
    }

    private sealed class Search(TextInput text, Regex regex, LinePattern lines, CaptureTemplate? template, RecordShape shape, RlmType?[] types, ExtractNote note)
    {
        private readonly int[] _groups = [.. shape.Names.Select(regex.GroupNumberFromName)];

        public IEnumerable<Value> Rows(CancellationToken cancellationToken)
        {
            using var scanner = new LineScanner(text.Slice, cancellationToken);
            long lineCount = 0, matchedCount = 0;
            TextSlice? firstUnmatched = null;
            var matcher = lines.Rent();
            try
            {
                while (scanner.MoveNext())
                {
                    var line = new TextSlice(text.Slice.Source, scanner.Start, scanner.Length);
                    var rows = RowsOf(line, scanner.Bytes, matcher);
                    if (rows.Count > 0)
                    {
                        lineCount++;
                        matchedCount++;
                    }
                    else if (!scanner.IsBlank)
                    {
                        lineCount++;
                        firstUnmatched ??= line;
                    }

                    foreach (var row in rows)
                        yield return row;
                }
            }
            finally
            {
                lines.Return(matcher);
                note.CountLines(lineCount, matchedCount, firstUnmatched);
            }
        }

        private List<RecordValue> RowsOf(TextSlice line, ReadOnlySpan<byte> bytes, LineMatcher matcher)
        {
            var rows = new List<RecordValue>();
            if (template is not null && TryRowsOf(line, bytes, template, rows))
                return rows;

            rows.Clear();
            if (!matcher.IsMatch(bytes))
                return rows;

            string characters = Encoding.UTF8.GetString(bytes);
            var match = regex.Match(characters);
            if (!match.Success)
                return rows;

            var map = new CharacterMap(bytes, characters.Length);
            var origin = text.Part(line);
            for (; match.Success; match = match.NextMatch())
            {
                if (match.Length == 0)
                    continue;

                var fields = new Value[_groups.Length];
                for (int i = 0; i < fields.Length; i++)
                {
                    var group = _groups[i] < 0 ? match : match.Groups[_groups[i]];
                    fields[i] = group.Success ? FieldOf(line, map.OffsetOf(group.Index)..map.OffsetOf(group.Index + group.Length), i) : NoneValue.Instance;
                }

                rows.Add(new RecordValue(shape, fields, origin));
            }

            return rows;
        }

        /// <summary>The rows as the template finds them in bytes; false where only the regex can tell.</summary>
        private bool TryRowsOf(TextSlice line, ReadOnlySpan<byte> bytes, CaptureTemplate template, List<RecordValue> rows)
        {
            var captures = new Range[types.Length];
            for (int at = 0; ;)
            {
                var found = template.Find(bytes, ref at, captures);
                if (found != CaptureOutcome.Found)
                    return found == CaptureOutcome.None;

                var fields = new Value[captures.Length];
                for (int i = 0; i < fields.Length; i++)
                    fields[i] = FieldOf(line, captures[i], i);
                rows.Add(new RecordValue(shape, fields, text.Part(line)));
            }
        }

        private Value FieldOf(TextSlice line, Range place, int field)
        {
            var part = text.Part(line with { Start = line.Start + place.Start.Value, Length = place.End.Value - place.Start.Value });
            var value = FieldReading.Read(part, types[field]);
            if (value is null)
                note.CountUnreadable(shape.Names[field]);
            return value ?? NoneValue.Instance;
        }
    }
}
