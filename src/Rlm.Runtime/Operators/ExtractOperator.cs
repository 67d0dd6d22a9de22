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
            new RecordShape(pattern.Captures),
            [.. pattern.Captures.Select(name => declared?.Find(name)?.Type)],
            evaluation.Running(stage, static () => new ExtractNote()));
        return ListValue.Stream(search.Rows(evaluation.CancellationToken));
    }

    private sealed class Search(TextInput text, Regex regex, LinePattern lines, RecordShape shape, RlmType?[] types, ExtractNote note)
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
                    fields[i] = FieldOf(_groups[i] < 0 ? match : match.Groups[_groups[i]], line, ref map, shape.Names[i], types[i]);
                rows.Add(new RecordValue(shape, fields, origin));
            }

            return rows;
        }

        private Value FieldOf(Group group, TextSlice line, ref CharacterMap map, string name, RlmType? type)
        {
            if (!group.Success)
                return NoneValue.Instance;

            int start = map.OffsetOf(group.Index), end = map.OffsetOf(group.Index + group.Length);
            var field = text.Part(line with { Start = line.Start + start, Length = end - start });
            var value = FieldReading.Read(field, type);
            if (value is null)
                note.CountUnreadable(name);
            return value ?? NoneValue.Instance;
        }
    }
}
