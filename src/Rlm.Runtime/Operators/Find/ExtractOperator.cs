using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Dsl.Types;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Values;
using Rlm.Runtime.Values.Rows;

namespace Rlm.Runtime.Operators.Find;

/// <summary>A row for each match on a line, or in the whole text where the pattern goes over lines; fields are slices of the text, or what <c>as</c> reads them as.</summary>
internal sealed class ExtractOperator : TextOperator
{
    public override string Name => "extract";

    public override PlannedValue Bound(PlannedStage stage)
    {
        long? each = stage.IsList ? stage.Input.MaxItemTokens : stage.Input.MaxTokens, row = 0;
        foreach (string name in stage.Bound.Get(Slots.CapturePattern).Captures)
            row += TokenEstimate.OfText(name) + PlannedStage.JoinedTokens + (each is { } tokens
                ? Math.Max(tokens, PlannedStage.NumberTokens)
                : null);
        return stage.List(stage.CountOf(bytes => (2 * bytes) + 1), row);
    }

    public override TextStage Prepare(BoundStage stage, Scope? scope, EvaluationContext evaluation)
    {
        var pattern = stage.Get(Slots.CapturePattern);
        var declared = stage.Find(Slots.As)?.Required as RecordType;
        return new Stage(
            PatternMaker.Make(pattern, PatternCache.CapturePatternOf),
            pattern.SpansLines ? PatternMaker.Make(pattern, made => PatternCache.TextMatchesOf(made, null)) : null,
            [.. PatternsOverLines.Of(pattern).Select(meant =>
                new Lazy<TextMatches>(() => PatternMaker.Make(meant, made => PatternCache.TextMatchesOf(made, null))))],
            new RecordShape(pattern.Captures),
            [.. pattern.Captures.Select(name => declared?.Find(name)?.Type)],
            evaluation.GetRunning(stage, () => new ExtractNote(stage)),
            evaluation.Now,
            evaluation.Cancellation);
    }

    private sealed class Stage : TextStage
    {
        private readonly CapturePattern _captures;
        private readonly IReadOnlyList<Lazy<TextMatches>> _overLines;
        private readonly Lazy<TextMatches?> _matches;
        private readonly RecordShape _shape;
        private readonly IReadOnlyList<RlmType?> _types;
        private readonly ColumnReading[] _columns;
        private readonly ExtractNote _note;
        private readonly DateTime? _now;
        private readonly StatementCancellation _cancellation;

        public Stage(
            CapturePattern captures, TextMatches? matches, IReadOnlyList<Lazy<TextMatches>> overLines, RecordShape shape, IReadOnlyList<RlmType?> types, ExtractNote note,
            DateTime? now, StatementCancellation cancellation)
        {
            (_captures, _overLines, _shape, _types, _note, _now, _cancellation) = (captures, overLines, shape, types, note, now, cancellation);
            _matches = new Lazy<TextMatches?>(() => matches ?? FindOverLines());
            _columns = [.. shape.Names.Select(
                (name, i) => new ColumnReading(name, () => Evidence(i)) { MayHoldCommas = MayHoldCommas, Latest = () => LatestOf(_now) })];
        }

        public override RecordShape? Shape => _shape;

        public override bool IsWhole => _shape is not null;

        public override ValueKind? KindOf(int field) => FieldReading.KindOf(_types[field]);

        public override RowReader Open(TextInput text) => Open(text, _types, _columns, _note);

        private FieldRows Open(TextInput text, IReadOnlyList<RlmType?> types, IReadOnlyList<ColumnReading>? columns, ExtractNote note) =>
            _matches.Value is not { } matches
                ? new ExtractRows(text, _captures, _shape, types, columns, note, _cancellation.Token) { Now = _now }
                : new ExtractSpans(text, _captures, matches, _shape, types, columns, note, _cancellation.Token) { Now = _now };

        /// <summary>What to match in whole texts, where no line of any matches and one of these does; null where lines are matched.</summary>
        private TextMatches? FindOverLines()
        {
            if (_overLines.Count == 0 || Texts is null || Texts.Any(HasLine)
                || _overLines.FirstOrDefault(matches => Texts.Any(text => matches.Value.Find(text.Slice, _cancellation.Token).Any())) is not { Value: var found })
                return null;

            _note.MatchOverLines();
            return found;
        }

        private bool HasLine(TextInput text)
        {
            using var rows = new ExtractRows(text, _captures, _shape, new RlmType?[_shape.Names.Count], null, _note.Blank(), _cancellation.Token);
            return rows.MoveNext();
        }

        private ColumnEvidence? Evidence(int capture)
        {
            if (Texts is null)
                return null;

            var evidence = new ColumnEvidence();
            TextSource? source = null;
            foreach (var text in Texts)
            {
                if (source is not null && source != text.Slice.Source)
                    evidence.Yearless.BreakOrder();
                source = text.Slice.Source;
                using var rows = Open(text, new RlmType?[_shape.Names.Count], null, _note.Blank());
                rows.AddTo(evidence, capture);
            }

            return evidence;
        }
    }
}
