using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>
/// A pattern that is one step after the other, each of which ends in one place, over bytes: texts are searched for, and classes read on.
/// Safe to share between threads.
/// </summary>
/// <remarks>
/// It takes at each step what .NET's engine tries first, so that a match is the engine's. Where a step fails behind one that could have
/// ended elsewhere, or a character outside ASCII decides, the line is for <see cref="CaptureMachine"/>.
/// </remarks>
internal sealed class CaptureChain
{
    private const int MaxCaptures = 64;

    /// <summary>What a line's bytes may cost on average before it is for the machine, whose time is linear in any case.</summary>
    private const int MostLooks = 8;

    private const int FewLooks = 4 * 1024;

    private readonly ChainStep[] _steps;
    private readonly int _captureCount;
    private readonly ChainStep _first;

    /// <summary>A text that every match holds and does not begin with; null where it begins with one, or has none.</summary>
    private readonly byte[]? _inside;

    private CaptureChain(ChainStep[] steps, ChainStep first, int captureCount)
    {
        (_steps, _first, _captureCount) = (steps, first, captureCount);
        _inside = first is ChainStep.Literal ? null : steps.OfType<ChainStep.Literal>().MaxBy(literal => literal.Bytes.Length)?.Bytes;
        FindsLines = first is ChainStep.Literal or ChainStep.Place { Kind: PatternPlace.LineStart } || _inside is { Length: > 1 };
    }

    /// <summary>Whether it passes fast over lines without a match.</summary>
    public bool FindsLines { get; }

    /// <summary>The chain of a pattern; null where it is none.</summary>
    /// <param name="node">The pattern.</param>
    /// <param name="captures">The names of the groups whose places are saved, in the order of their slots.</param>
    public static CaptureChain? Of(PatternNode node, string[] captures) =>
        captures.Length <= MaxCaptures && new ChainBuilder(captures).Build(node) is { } steps
            && steps.FirstOrDefault(step => step is not ChainStep.Save) is { } first
            && steps.OfType<ChainStep.Save>().Count() == 2 * captures.Length
            ? new CaptureChain(steps, first, captures.Length)
            : null;

    /// <summary>Adds the captures of each match that is not empty, and gives the number of matches; null, and adds none, where it cannot tell.</summary>
    /// <param name="line">A line without its line end.</param>
    /// <param name="places">Where they are added.</param>
    public int? Find(ReadOnlySpan<byte> line, List<CapturePlace> places)
    {
        if (_inside is not null && line.IndexOf(_inside) < 0)
            return 0;

        int known = places.Count, matches = 0;
        long looks = (MostLooks * (long)line.Length) + FewLooks;
        Span<int> slots = stackalloc int[2 * _captureCount];
        for (int start = 0; (start = FindStart(line, start)) >= 0;)
        {
            int end = start;
            var outcome = MatchAt(line, ref end, slots, ref looks, out int next);
            if (outcome == CaptureOutcome.Unknown || looks < 0)
            {
                places.RemoveRange(known, places.Count - known);
                return null;
            }

            if (outcome == CaptureOutcome.None || end == start)
            {
                start = Math.Max(start + 1, next);
                continue;
            }

            matches++;
            for (int slot = 0; slot < slots.Length; slot += 2)
                places.Add(new CapturePlace(slots[slot], slots[slot + 1] - slots[slot]));
            start = end;
        }

        return matches;
    }

    /// <summary>The first place from which on a match may begin; -1 where there is none.</summary>
    private int FindStart(ReadOnlySpan<byte> line, int at)
    {
        switch (_first)
        {
            case ChainStep.Literal text:
                return at < line.Length && line[at..].IndexOf(text.Bytes) is >= 0 and var hit ? at + hit : -1;
            case ChainStep.Place { Kind: PatternPlace.LineStart }:
                return at == 0 ? 0 : -1;
            case ChainStep.Run { Least: > 0 } run:
                return run.Class.FindFirst(line, at);
            default:
                return at < line.Length ? at : -1;
        }
    }

    /// <summary>Takes the steps from a place on.</summary>
    /// <param name="line">The line.</param>
    /// <param name="at">The place; where the match ends, after one.</param>
    /// <param name="slots">Where the captures are, after a match.</param>
    /// <param name="looks">What may still be looked at.</param>
    /// <param name="next">Before which no other match begins, where there is none here.</param>
    private CaptureOutcome MatchAt(ReadOnlySpan<byte> line, ref int at, Span<int> slots, ref long looks, out int next)
    {
        bool hasChosen = false;
        next = 0;
        foreach (var step in _steps)
        {
            bool isTaken;
            switch (step)
            {
                case ChainStep.Save save:
                    slots[save.Slot] = at;
                    continue;
                case ChainStep.Literal text:
                    isTaken = line[at..].StartsWith(text.Bytes);
                    at += text.Bytes.Length;
                    break;
                case ChainStep.Place { Kind: var kind }:
                    if (Holds(kind, line, at) is not { } holds)
                        return CaptureOutcome.Unknown;
                    isTaken = holds;
                    break;
                default:
                    var run = (ChainStep.Run)step;
                    int limit = (int)Math.Min(line.Length, at + (long)run.Most), start = at;
                    int end = run.Class.FindEnd(line, at, limit, out bool isUnsure);
                    looks -= end - at;
                    if (isUnsure)
                        return CaptureOutcome.Unknown;
                    if (run is { Least: > 0, Most: int.MaxValue, Before: null } && ReferenceEquals(run, _first))
                        next = end;
                    isTaken = end - at >= run.Least;
                    at = end;
                    if (isTaken && run.Before is { } behind)
                    {
                        var region = line[(start + run.Least)..Math.Min(line.Length, end + behind.Length)];
                        int place = run.IsLazy ? region.IndexOf(behind) : region.LastIndexOf(behind);
                        isTaken = place >= 0;
                        at = start + run.Least + place;
                        hasChosen |= isTaken;
                    }

                    break;
            }

            if (!isTaken)
                return hasChosen ? CaptureOutcome.Unknown : CaptureOutcome.None;
        }

        return CaptureOutcome.Found;
    }

    /// <summary>Whether a place is such a one; null where a character outside ASCII decides.</summary>
    private static bool? Holds(PatternPlace kind, ReadOnlySpan<byte> line, int at)
    {
        switch (kind)
        {
            case PatternPlace.LineStart:
                return at == 0;
            case PatternPlace.LineEnd:
                return at == line.Length;
        }

        byte before = at > 0 ? line[at - 1] : (byte)0, after = at < line.Length ? line[at] : (byte)0;
        if (before >= 0x80 || after >= 0x80)
            return null;
        return (IsWordSign(before) != IsWordSign(after)) == (kind == PatternPlace.WordBoundary);
    }

    private static bool IsWordSign(byte value) => char.IsAsciiLetterOrDigit((char)value) || value == '_';
}
