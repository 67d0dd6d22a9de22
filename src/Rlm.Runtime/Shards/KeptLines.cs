using System.Text;
using Rlm.Dsl.Operators;
using Rlm.Runtime.Diagnostics;
using Rlm.Runtime.Evaluation;
using Rlm.Runtime.Evaluation.Stages;
using Rlm.Runtime.Operators.Cut;
using Rlm.Runtime.Operators.Find;
using Rlm.Runtime.Operators.Rows;
using Rlm.Runtime.Shards.Parts;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Sources;
using Rlm.Runtime.Values;

namespace Rlm.Runtime.Shards;

/// <summary>
/// The lines of a share that a program asks for, and those that its notes tell of. A line too many makes no difference: each filter is run once
/// more over what all shards keep.
/// </summary>
internal sealed class KeptLines
{
    /// <summary>More different lines are not told apart, but kept.</summary>
    private const int MostKnown = 1 << 20;

    /// <summary>Lines may be added more than once, and more rarely the more there are.</summary>
    private const int MostTimes = 4;

    private readonly TextShare _share;
    private readonly Func<EvaluationContext> _evaluate;
    private readonly List<(long Start, long End)> _lines = [];
    private readonly Dictionary<long, long> _alike = [];
    private readonly long _maxBytes;
    private bool _isAlone;
    private long _added;

    private KeptLines(TextShare share, long maxBytes, Func<EvaluationContext> evaluate) => (_share, _maxBytes, _evaluate) = (share, maxBytes, evaluate);

    /// <summary>The stretches to keep, in order, none of which touches the next.</summary>
    /// <param name="share">The share.</param>
    /// <param name="filters">What tells the lines; null for all.</param>
    /// <param name="maxBytes">The most that a part may have.</param>
    /// <param name="evaluate">Makes what a filter is evaluated in.</param>
    /// <exception cref="TextException">So many are kept that the part would have more.</exception>
    /// <returns>The stretches, and how many lines that are left out say the same as one, by where it begins.</returns>
    public static (IReadOnlyList<TextSlice> Stretches, IReadOnlyDictionary<long, long> Alike) Find(
        TextShare share, IReadOnlyList<LineFilter>? filters, long maxBytes, Func<EvaluationContext> evaluate)
    {
        var kept = new KeptLines(share, maxBytes, evaluate) { _isAlone = filters is [_] };
        if (filters is not null && share.Slice.Source.IsCuttable && filters.All(kept.TryAdd))
            return (kept.Join(), kept._alike);

        return (share.Slice.Length > 0 ? [share.Slice] : [], new Dictionary<long, long>());
    }

    /// <summary>Adds the lines of a filter; false where it cannot tell which ones matter.</summary>
    private bool TryAdd(LineFilter filter)
    {
        var evaluation = _evaluate();
        try
        {
            return filter.Evaluator switch
            {
                GrepOperator => AddFound(filter, evaluation),
                ExtractOperator => AddMatched(filter, evaluation),
                LinesOperator => AddLines(filter, evaluation),
                ParseOperator => _isAlone && AddRows(filter.Last.Get(Slots.Format), filter.Fields!, evaluation.CancellationToken),
                _ => AddHeld(filter, evaluation),
            };
        }
        catch (EvaluationException)
        {
            // The merge comes to it again, and tells it.
            return false;
        }
    }

    private bool AddFound(LineFilter filter, EvaluationContext evaluation)
    {
        var found = Evaluate(filter, evaluation);
        bool isCounted = _isAlone && filter.Fields is not null, isInverted = filter.Last.Has(Slots.Not);
        var (first, count) = isCounted ? AddFirst(found) : (null, AddTaken(filter, SlicesOf(found)));
        long alike = isCounted ? count - 1 : 0;

        // Where no shard finds any that match, lines are told that do but for case.
        if (!filter.Last.Has(Slots.IgnoreCase) && (isInverted ? isCounted && count == LineCounter.Count(_share.Slice, evaluation.CancellationToken) : count == 0))
            alike -= AddFolded(filter, first, evaluation);
        if (alike > 0)
            _alike[first!.Value] = alike;
        return true;
    }

    /// <summary>Adds the lines that match if case is ignored; gives how many there are beside one.</summary>
    private long AddFolded(LineFilter filter, long? first, EvaluationContext evaluation)
    {
        var pattern = StageArguments.LinePattern(filter.Last, StageArguments.Literal(filter.Last.Get(Slots.Pattern), null, evaluation), ignoreCase: true);
        using var folded = new TextRows.Matching(TextInput.Of(new TextValue(_share.Slice)), pattern, isInverted: false, evaluation.CancellationToken);
        long others = 0;
        while (folded.MoveNext())
        {
            var line = ((TextValue)folded.Item).Slice!.Value;
            others += line.Start == first ? 0 : 1;
            Add(line);
        }

        return others;
    }

    private bool AddMatched(LineFilter filter, EvaluationContext evaluation)
    {
        evaluation.GetRunning(filter.Last, () => new ExtractNote(filter.Last) { OnTold = Add });
        var matched = Evaluate(filter, evaluation);
        if (_isAlone && filter.Fields is { } fields)
            return new AlikeLines(Add, _alike).TryAddAll(matched, fields);

        AddAll(SlicesOf(matched));
        return true;
    }

    private bool AddRows(string format, IReadOnlyList<string> fields, CancellationToken cancellationToken) => format == "jsonl"
        ? new RecordLines(_share, fields, cancellationToken).TryAddAll(Add, _alike)
        : new TableLines(_share, fields, format == "tsv", cancellationToken).TryAddAll(Add, _alike);

    /// <summary>Adds the lines that the stage behind would take, or the first of them where they are only counted.</summary>
    private bool AddLines(LineFilter filter, EvaluationContext evaluation)
    {
        if (filter.Taker is null && !_isAlone)
            return false;

        using var lines = new LineScanner(_share.Slice, evaluation.CancellationToken);
        if (filter.Taker is not null)
            AddTaken(filter, SlicesOf(lines));
        else if (lines.MoveNext())
            AddFirst(lines.Slice, LineCounter.Count(_share.Slice, evaluation.CancellationToken));
        return true;
    }

    private static IEnumerable<TextSlice> SlicesOf(LineScanner lines)
    {
        while (lines.MoveNext())
            yield return lines.Slice;
    }

    /// <summary>Adds the first of lines of which each counts the same.</summary>
    private void AddFirst(TextSlice first, long count)
    {
        Add(first);
        if (count > 1)
            _alike[first.Start] = count - 1;
    }

    /// <summary>Adds the first of lines that are only counted; gives where it begins, and how many they are.</summary>
    private (long? Start, long Count) AddFirst(ListValue found)
    {
        long? start = null;
        long count = 0;
        foreach (var line in found.Items)
        {
            if (count++ > 0)
                continue;

            var slice = ((TextValue)line).Slice!.Value;
            start = slice.Start;
            Add(slice);
        }

        return (start, count);
    }

    /// <summary>
    /// Adds the lines that a condition holds for, and one that it does not, without which a note would tell that all are alike. Where it holds for
    /// none, any line may be told of; where something else is noted, too.
    /// </summary>
    private bool AddHeld(LineFilter filter, EvaluationContext evaluation)
    {
        var held = new List<TextSlice>();
        foreach (var slice in SlicesOf(Evaluate(filter, evaluation)))
        {
            held.Add(slice);
            if (filter.Fields is null)
                CountAdded(slice);
        }

        if (held.Count == 0 || evaluation.Notes.Count > 0 || evaluation.Losses.Count > 0)
            return false;

        if (_isAlone && filter.Fields is not null)
            AddFirst(held[0], held.Count);
        else
            AddTaken(filter, held);
        using var lines = new LineScanner(_share.Slice, evaluation.CancellationToken);
        for (int i = 0; lines.MoveNext(); i++)
        {
            if (i < held.Count && held[i].Start == lines.Start)
                continue;

            _lines.Add((lines.Start, lines.Next));
            break;
        }

        return true;
    }

    private ListValue Evaluate(LineFilter filter, EvaluationContext evaluation) => (ListValue)filter.Stages.Aggregate(
        (Value)new TextValue(_share.Slice), (value, stage) => StageEvaluator.Evaluate(value, stage, null, evaluation));

    private static IEnumerable<TextSlice> SlicesOf(ListValue rows) => rows.Items.Select(static row => Provenance.SliceOf(row)!.Value);

    private int AddAll(IEnumerable<TextSlice> lines)
    {
        int count = 0;
        foreach (var line in lines)
        {
            Add(line);
            count++;
        }

        return count;
    }

    /// <summary>Adds the lines that the stage behind would take if there were no other shard; gives how many.</summary>
    private int AddTaken(LineFilter filter, IEnumerable<TextSlice> lines) => AddAll(filter.Taker is not { } taker ? lines
        : LineFilter.EvaluatorOf(taker) switch
        {
            FirstOperator => lines.Take(filter.Taken),
            LastOperator => lines.TakeLast(filter.Taken),
            _ => TakeDifferent(lines),
        });

    private static IEnumerable<TextSlice> TakeDifferent(IEnumerable<TextSlice> lines)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        foreach (var line in lines)
        {
            // A character of Latin-1 for each byte keeps apart what is not UTF-8, too.
            string text = Encoding.Latin1.GetString(line.Source.GetSpan(line.Start, (int)line.Length));
            if (known.Contains(text))
                continue;
            if (known.Count < MostKnown)
                known.Add(text);
            yield return line;
        }
    }

    /// <summary>Adds the line that a slice is, with its line end.</summary>
    private void Add(TextSlice line)
    {
        long end = line.Source.IndexOf((byte)'\n', line.End, _share.Slice.End);
        _lines.Add((line.Start, end < 0 ? _share.Slice.End : end + 1));
        CountAdded(line);
    }

    /// <summary>Long before they are written, too many lines would fill memory.</summary>
    private void CountAdded(TextSlice line)
    {
        if ((_added += line.Length) / MostTimes > _maxBytes)
            throw PartStream.MakeTooLarge(_maxBytes);
    }

    private List<TextSlice> Join()
    {
        // The first line of a text is always there, so that a part of a text is never taken for the whole of it.
        if (_share is { IsFirst: true, Slice: { Length: > 0, Source: var source } slice })
            _lines.Add((slice.Start, source.IndexOf((byte)'\n', slice.Start, slice.End) is >= 0 and var end ? end + 1 : slice.End));

        var joined = new List<TextSlice>();
        foreach (var (start, end) in _lines.Order())
        {
            if (joined is [.., var last] && last.End >= start)
                joined[^1] = last with { Length = Math.Max(last.End, end) - last.Start };
            else
                joined.Add(new TextSlice(_share.Slice.Source, start, end - start));
        }

        return joined;
    }
}
