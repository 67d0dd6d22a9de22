using System.Text;
using Rlm.Runtime.Texts.Matching.Patterns;

namespace Rlm.Runtime.Texts.Matching;

/// <summary>Makes the steps of a <see cref="CaptureChain"/> of a pattern.</summary>
/// <param name="captures">The names of the groups whose places are saved.</param>
internal sealed class ChainBuilder(string[] captures)
{
    private readonly List<ChainStep> _steps = [];
    private readonly StringBuilder _text = new();
    private readonly HashSet<string> _seen = [];

    /// <summary>The steps; null for a pattern that is more than one step after the other, or of which a step may end in many places.</summary>
    public ChainStep[]? Build(PatternNode node)
    {
        if (!TryAppend(node) || !TryEndText())
            return null;

        for (int i = 0; i < _steps.Count; i++)
        {
            if (_steps[i] is not ChainStep.Run run)
                continue;
            if (FindEnd(run, i) is not { } settled)
                return null;
            _steps[i] = settled;
        }

        return [.. _steps];
    }

    private bool TryAppend(PatternNode node)
    {
        switch (node)
        {
            case PatternNode.Sequence sequence:
                return sequence.Parts.All(TryAppend);
            case PatternNode.Unit { Set.Single: { } unit }:
                _text.Append(unit);
                return true;
            case PatternNode.Unit unit:
                return TryAdd(new ChainStep.Run(new ByteClass(unit.Set, isCounted: true), 1, 1, IsLazy: false));
            case PatternNode.Repeat { Part: PatternNode.Unit unit } repeat:
                bool isCounted = repeat.Least > 1 || repeat.Most is not null;
                return TryAdd(new ChainStep.Run(
                    new ByteClass(unit.Set, isCounted), repeat.Least, repeat.Most ?? int.MaxValue, repeat.IsLazy));
            case PatternNode.Place place:
                return TryAdd(new ChainStep.Place(place.Kind));
            case PatternNode.Capture capture:
                int slot = 2 * Array.IndexOf(captures, capture.Name);
                if (slot < 0)
                    return TryAppend(capture.Part);
                return _seen.Add(capture.Name) && TryAdd(new ChainStep.Save(slot)) && TryAppend(capture.Part)
                    && TryAdd(new ChainStep.Save(slot + 1));
            default:
                return false;
        }
    }

    private bool TryAdd(ChainStep step)
    {
        if (!TryEndText())
            return false;

        _steps.Add(step);
        return true;
    }

    /// <summary>Makes a step of the units before; false where bytes do not tell them.</summary>
    private bool TryEndText()
    {
        if (_text.Length == 0)
            return true;

        string text = _text.ToString();
        byte[] bytes = Encoding.UTF8.GetBytes(text);
        _text.Clear();
        _steps.Add(new ChainStep.Literal(bytes));
        return !text.Contains('\uFFFD') && Encoding.UTF8.GetString(bytes) == text;
    }

    /// <summary>The run with what tells its end; null where only trying does.</summary>
    private ChainStep.Run? FindEnd(ChainStep.Run run, int index)
    {
        if (run.Least == run.Most)
            return run;

        int next = index + 1;
        while (next < _steps.Count && _steps[next] is ChainStep.Save)
            next++;
        if (next == _steps.Count)
            return run.IsLazy ? null : run;
        if (EndsBy(run, next))
            return run with { IsLazy = false };
        return _steps[next] is ChainStep.Literal text ? run with { Before = text.Bytes } : null;
    }

    /// <summary>Whether no way on from a step begins inside the run, so that the run ends where its units end.</summary>
    private bool EndsBy(ChainStep.Run run, int next)
    {
        for (; next < _steps.Count; next++)
        {
            switch (_steps[next])
            {
                case ChainStep.Literal text:
                    return !run.Class.MayHold(text.Bytes[0]);
                case ChainStep.Run other when !run.Class.IsApartFrom(other.Class):
                    return false;
                case ChainStep.Run { Least: > 0 }:
                    return true;
                case ChainStep.Place { Kind: PatternPlace.LineEnd }:
                    return true;
                case ChainStep.Place place:
                    return place.Kind == PatternPlace.WordBoundary && run.Least > 0 && run.Class.HasOnlyWordSigns;
            }
        }

        // All that follows may be nothing: a greedy run takes what there is, and nothing behind it can fail.
        return !run.IsLazy;
    }
}
