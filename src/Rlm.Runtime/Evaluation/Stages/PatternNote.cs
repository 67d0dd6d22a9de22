using System.Collections.Concurrent;
using Rlm.Dsl.Checks;
using Rlm.Runtime.Rendering;
using Rlm.Runtime.Texts.Lines;
using Rlm.Runtime.Texts.Matching;
using Rlm.Runtime.Texts.Sources;

namespace Rlm.Runtime.Evaluation.Stages;

/// <summary>
/// Tells where nothing was found: that a text looks like a regular expression and was looked for as it is, or that lines match but for case.
/// Only then are the texts read again, unless they were counted for both cases at once; those that are not to be are looked at until something is found.
/// </summary>
/// <param name="stage">The stage with the pattern.</param>
/// <param name="text">The text that looks like a regular expression; null for any other pattern.</param>
/// <param name="folded">Makes the pattern that ignores case; null where it does already.</param>
/// <param name="exact">The pattern itself, for a stage that may end before it has found something; null for any other.</param>
/// <param name="cancellation">Ends the second reading.</param>
internal sealed class PatternNote(
    string stage, string? text, Func<LinePattern>? folded, LinePattern? exact, StatementCancellation cancellation) : RunningNote
{
    private const int MostShown = 60;

    /// <summary>So long that a second reading takes longer than to make the pattern that ignores case.</summary>
    private const long LeastBytes = 8 * 1024 * 1024;

    private readonly Lazy<LinePattern?> _folded = new(() => folded?.Invoke());

    /// <summary>What was counted while the texts were read: how many lines match but for case.</summary>
    private readonly ConcurrentDictionary<TextSlice, long> _counted = new();
    private bool _hasLooked;
    private bool _hasFound;
    private bool _hasReadAgain;
    private long _missed;
    private string? _example;

    public override string? Text
    {
        get
        {
            if (!HasNothing)
                return null;
            if (!_hasReadAgain)
                ReadAgain();
            return !HasNothing || _example is null ? null
                : $"{stage}: no line matches, and {Amount.Of(_missed)} {Amount.Agree(_missed, "{does|do}")} but for case, as `{Preview.Of(_example.Trim(), MostShown)}`; write {(HasIgnoreCase ? "`ignore case` behind the pattern" : "the pattern as `/…/i`")}";
        }
    }

    public override bool ReadsAgain => true;

    public override IReadOnlyList<RlmLoss> Losses => text is null || !HasNothing ? [] :
    [
        new RlmLoss(RlmLossKind.LinesUnmatched, $"{stage}: no line has the text `{text}`, which looks like a regular expression", $"write `{stage} {PatternTexts.WriteRegex(text)}`"),
    ];

    /// <summary>Whether the stage takes <c>ignore case</c>.</summary>
    public bool HasIgnoreCase { get; init; } = true;

    /// <summary>The texts that are looked through; null where they cannot be read again.</summary>
    private Func<IEnumerable<TextInput>?>? Texts { get; set; }

    private bool HasNothing => Volatile.Read(ref _hasLooked) && !Volatile.Read(ref _hasFound);

    /// <summary>Counts the lines of a text that match. In a long one those that match but for case are counted meanwhile, where one reading does.</summary>
    public long Count(TextInput text, LinePattern pattern)
    {
        if (!HasNothing || text.Slice.Length < LeastBytes || exact is not null || _folded.Value is not { } eitherCase)
            return LineSearch.Count(text.Slice, pattern, isInverted: false, cancellation.Token);

        var (matching, missed) = LineSearch.CountWithMissed(text.Slice, pattern, eitherCase, cancellation.Token);
        if (missed is { } known)
            _counted[text.Slice] = known;
        return matching;
    }

    /// <summary>Learns whether lines were found, none of them where a text is opened.</summary>
    public void Add(bool hasFound)
    {
        Volatile.Write(ref _hasLooked, true);
        if (hasFound)
            Volatile.Write(ref _hasFound, true);
    }

    /// <summary>Learns of a text that is opened, in which nothing is found yet.</summary>
    public void Open(TextStage opened, TextInput text)
    {
        Add(hasFound: false);
        if (opened.Texts is null)
            LookAt(text);
        else
            Texts ??= () => opened.Texts;
    }

    /// <summary>The parts, of which more than so many are there only where something is found.</summary>
    public IEnumerable<TextSlice> Watch(IEnumerable<TextSlice> parts, int unmatched) =>
        Volatile.Read(ref _hasFound) ? parts : WatchEach(parts, unmatched);

    private IEnumerable<TextSlice> WatchEach(IEnumerable<TextSlice> parts, int unmatched)
    {
        int count = 0;
        foreach (var part in parts)
        {
            if (count++ == unmatched)
                Add(hasFound: true);
            yield return part;
        }
    }

    private void LookAt(TextInput text)
    {
        if (!HasNothing || _folded.Value is not { } pattern)
            return;

        // Shards leave out the lines that match, and of those that do not the ones that say the same as another.
        var source = text.Slice.Source;
        if (exact is not null && source.CountLeftOut(text.Slice.End, isAtEnd: true).Lines > source.AllAlike)
        {
            Add(hasFound: true);
            return;
        }

        long found = _counted.TryGetValue(text.Slice, out long known) ? known
            : LineSearch.Count(text.Slice, pattern, isInverted: false, cancellation.Token);
        if (found > 0 && exact is not null && LineSearch.Count(text.Slice, exact, isInverted: false, cancellation.Token) > 0)
        {
            Add(hasFound: true);
            return;
        }

        if (found > 0 && _example is null)
        {
            using var lines = new TextRows.Matching(text, pattern, isInverted: false, cancellation.Token);
            _example = lines.MoveNext() ? ValueRenderer.InTemplate(lines.Item) : null;
        }

        Interlocked.Add(ref _missed, found);
    }

    private void ReadAgain()
    {
        _hasReadAgain = true;
        foreach (var text in Texts?.Invoke() ?? [])
            LookAt(text);
    }
}
