using Rlm.Dsl.Binding;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Measures;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values.Dates;

namespace Rlm.Runtime.Operators.Find;

/// <summary>
/// How many lines <c>extract</c> could not read, and the first of them; and fields that <c>as</c> could not read.
/// </summary>
internal sealed class ExtractNote(BoundStage stage) : RunningNote
{
    private const int MaxPreviewLength = 160;

    private readonly Lock _gate = new();
    private readonly Dictionary<string, (long Count, TextSlice First, bool IsOptional)> _unreadable = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Field, DateGuess Guess), long> _guesses = [];
    private long _lineCount;
    private long _matchedCount;
    private readonly Dictionary<string, long> _reads = new(StringComparer.Ordinal);
    private readonly ReadingTally _readings = new();
    private long _alikeCount;
    private bool _isOverLines;
    private TextSlice? _firstUnmatched;
    private TextSlice? _firstAlike;
    private (long Count, TextSlice First) _earlyEnds;
    private (long Count, TextSlice First) _mores;

    public override string? Text
    {
        get
        {
            lock (_gate)
            {
                var parts = new List<string>();
                if (_isOverLines)
                    parts.Add("no line matches alone, so the pattern was matched over the lines of each text");
                if (_firstUnmatched is { } line)
                    parts.Add(Invariant(
                        $"{Amount.Of(_matchedCount, _lineCount, What)} matched; first unmatched: line {line.FirstLine:N0} `{Preview(line)}`"));
                parts.AddRange(_unreadable.Keys.Select(UnreadableText));
                foreach (var ((name, guess), count) in _guesses)
                {
                    parts.Add(Invariant($"{Amount.Of(count, Math.Max(count, _reads.GetValueOrDefault(name)), "value")} of `{name}` ")
                        + (guess == DateGuess.Year
                        ? Amount.Agree(count, "{has|have}")
                            + " no year, which is a guess: the last before the file was changed or the run began"
                        : $"can be read in more than one order of day, month and year; say which: `as {{{name}: date \"dd/MM/yyyy\"}}`"));
                }

                return parts.Count == 0 ? null : $"extract: {string.Join("; ", parts)}";
            }
        }
    }

    public override IReadOnlyList<SourceReading> Readings => _readings.Of("extract", What);

    /// <summary>Called with each line without a match that is told of or counted; null for nobody.</summary>
    public Action<TextSlice>? OnTold { get; init; }

    /// <summary>A note of the same stage for lines that are read ahead and counted later.</summary>
    public ExtractNote Blank() => new(stage);

    public override IReadOnlyList<RlmLoss> Losses
    {
        get
        {
            lock (_gate)
            {
                List<RlmLoss> losses = [];
                if (_firstAlike is { } line)
                {
                    string alike = SpansLines ? Amount.Of(_alikeCount, "line") : Amount.Of(_alikeCount, _lineCount, "line");
                    losses.Add(new RlmLoss(RlmLossKind.LinesUnmatched, Invariant(
                        $"extract: {alike} {Amount.Agree(_alikeCount, "{looks|look}")} like those that matched and did not match; the first: line {line.FirstLine:N0} `{Preview(line)}`"),
                        "write the pattern so that it fits them too, or take them away before with `where`")
                    {
                        Count = _alikeCount,
                        Of = SpansLines ? null : _lineCount,
                    });
                }

                if (_earlyEnds.Count > 0)
                    losses.Add(new RlmLoss(RlmLossKind.LinesUnmatched, Invariant(
                        $"extract: `{{{LastHole}}}` ends with its line, and {Amount.Of(_earlyEnds.Count, "text")} {Amount.Agree(_earlyEnds.Count, "{goes|go}")} on behind it; the first: line {_earlyEnds.First.FirstLine:N0} `{Preview(_earlyEnds.First)}`"),
                        $"write a regex that takes all lines, `/…(?<{LastHole}>.*)/s`, or cut lines before where only one is meant: `| lines | extract …`")
                    {
                        Count = _earlyEnds.Count,
                    });
                if (_mores.Count > 0)
                    losses.Add(new RlmLoss(RlmLossKind.ValuesUnread, Invariant(
                        $"extract: `{{{LastHole}}}` takes the rest of its line, and {Amount.Of(_mores.Count, "line")} {Amount.Agree(_mores.Count, "{has|have}")} another `key=` there; the first: line {_mores.First.FirstLine:N0} `{Preview(_mores.First)}`"),
                        $"write a blank behind the hole where it ends at one, `={{{LastHole}}} `, or a regex, `(?<{LastHole}>.*)`, where it is all that follows")
                    {
                        Count = _mores.Count,
                    });
                losses.AddRange(_unreadable.Where(entry => !entry.Value.IsOptional)
                    .Select(entry => new RlmLoss(
                        RlmLossKind.ValuesUnread,
                        $"extract: {UnreadableText(entry.Key)}",
                        $"write `{entry.Key}: TYPE?` where it may be missing, or leave `as` out and look at the values")
                    {
                        Count = entry.Value.Count,
                        Of = Math.Max(entry.Value.Count, _reads.GetValueOrDefault(entry.Key)),
                    }));
                return losses;
            }
        }
    }

    public override void Check()
    {
        lock (_gate)
        {
            if (_matchedCount == 0 && _firstUnmatched is { } line)
            {
                throw new EvaluationException(stage.Span, Invariant(
                    $"`extract` matched none of {Amount.Of(_lineCount, What)}; the first is line {line.FirstLine:N0} `{Preview(line)}`"),
                    MeansLineEnds
                    ? "a pattern is matched line by line; write `\\n` where it goes on in the next line, as in `/a: (?<a>.*)\\nb: (?<b>.*)/`"
                    : "write the pattern as the lines are written; `grep` and `count` tell whether there is anything of a form");
            }
        }
    }

    // What else may be meant by a hole of such a name is all that follows it.
    private static readonly HashSet<string> NamesOfRest = new(StringComparer.OrdinalIgnoreCase)
    {
        "text", "body", "content", "contents", "rest", "details", "message", "comment", "description",
    };

    /// <summary>Whether the last hole of a template may be meant to go on to the end of a text of several lines.</summary>
    public bool MayEndEarly { get; } = stage.IsLifted && stage.Get(Slots.CapturePattern) is { Texts: [.., ""], Captures: [.., var last] } && NamesOfRest.Contains(last);

    /// <summary>Whether the last hole of a template is one of several values behind keys, so that it may be meant to end where the next one begins.</summary>
    public bool MayTakeMore { get; } = stage.Get(Slots.CapturePattern).Texts is [.., [.., '='], ""] texts && texts.Count(text => text is [.., '=']) > 1;

    private string LastHole => stage.Get(Slots.CapturePattern).Captures[^1];

    /// <summary>Counts a text that goes on behind the line with its only match.</summary>
    public void CountEarlyEnd(TextSlice line)
    {
        lock (_gate)
            _earlyEnds = _earlyEnds.Count == 0 ? (1, line) : (_earlyEnds.Count + 1, _earlyEnds.First);
    }

    /// <summary>Counts a line of which the last hole takes another key with its value.</summary>
    public void CountMore(TextSlice line)
    {
        lock (_gate)
            _mores = _mores.Count == 0 ? (1, line) : (_mores.Count + 1, _mores.First);
    }

    private bool SpansLines => _isOverLines || stage.Get(Slots.CapturePattern).SpansLines;

    /// <summary>Whether a pattern that is matched line by line has a place that a line end could stand in.</summary>
    private bool MeansLineEnds => !SpansLines && stage.Get(Slots.CapturePattern) is { Texts: null, Regex: { } regex }
        && regex.Contains("\\s", StringComparison.Ordinal);

    private string What => SpansLines ? "text" : "line";

    /// <summary>From now on texts are searched as wholes, since no line matches.</summary>
    public void MatchOverLines()
    {
        lock (_gate)
            _isOverLines = true;
    }

    /// <summary>Counts a text that was searched as a whole; a blank one has nothing to match.</summary>
    public void CountText(TextInput input, bool isMatched)
    {
        var text = input.Slice;
        if (!isMatched && string.IsNullOrWhiteSpace(Preview(text)))
            return;

        _readings.Add(input.Source, 1, isMatched ? 0 : 1);
        lock (_gate)
        {
            _lineCount++;
            _matchedCount += isMatched ? 1 : 0;
            _firstUnmatched ??= isMatched ? null : text;
        }
    }

    /// <summary>Counts a line between the matches of a text at which one seems to begin.</summary>
    public void CountAlike(TextSlice line)
    {
        lock (_gate)
        {
            _alikeCount++;
            _firstAlike ??= line;
        }
    }

    /// <param name="source">What the lines are of; null for a computed text.</param>
    /// <param name="lines">Lines that are not blank.</param>
    /// <param name="matched">Those of them that have a match.</param>
    /// <param name="firstUnmatched">The first of the others.</param>
    /// <param name="alike">Those of the others that look alike.</param>
    /// <param name="firstAlike">The first of these.</param>
    public void CountLines(TextSource? source, long lines, long matched, TextSlice? firstUnmatched, long alike, TextSlice? firstAlike)
    {
        _readings.Add(source, lines, lines - matched);
        lock (_gate)
        {
            _lineCount += lines;
            _matchedCount += matched;
            _alikeCount += alike;
            _firstUnmatched ??= firstUnmatched;
            _firstAlike ??= firstAlike;
        }
    }

    /// <summary>Counts values of a field that <c>as</c> was to read.</summary>
    public void CountReads(string field, long count)
    {
        lock (_gate)
            _reads[field] = _reads.GetValueOrDefault(field) + count;
    }

    /// <param name="field">The field's name.</param>
    /// <param name="place">The value.</param>
    /// <param name="isOptional">Whether its type says that it may be missing.</param>
    public void CountUnreadable(string field, TextSlice place, bool isOptional)
    {
        lock (_gate)
            _unreadable[field] = _unreadable.TryGetValue(field, out var known)
                ? known with { Count = known.Count + 1 }
                : (1, place, isOptional);
    }

    private string UnreadableText(string name)
    {
        var (count, first, _) = _unreadable[name];
        return Invariant(
            $"{Amount.Of(count, Math.Max(count, _reads.GetValueOrDefault(name)), "value")} of `{name}` could not be read and {Amount.Agree(count, "{is|are}")} none, as `{Preview(first)}`");
    }

    public void CountGuess(string field, DateGuess guess)
    {
        lock (_gate)
            _guesses[(field, guess)] = _guesses.GetValueOrDefault((field, guess)) + 1;
    }

    private static string Preview(TextSlice line)
    {
        string text = (line with { Length = Math.Min(line.Length, 4 * MaxPreviewLength) }).Decode().Trim().ReplaceLineEndings(" ");
        return text.Length <= MaxPreviewLength ? text : string.Concat(text.AsSpan(0, MaxPreviewLength - 1), "…");
    }
}
