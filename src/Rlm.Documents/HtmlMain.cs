namespace Rlm.Documents;

/// <summary>The tokens of a page that are its main content.</summary>
internal sealed class HtmlMain
{
    // Sorted, and none within another.
    private readonly List<(int Start, int End, bool IsHeld)> _ranges;
    private readonly bool _holdsOthers;
    private int _next;

    /// <param name="ranges">Ranges of tokens, both ends included, by their starts; one within another stands for its own tokens.</param>
    /// <param name="holdsOthers">Whether tokens in no range are held.</param>
    public HtmlMain(IEnumerable<(int Start, int End, bool IsHeld)> ranges, bool holdsOthers) =>
        (_ranges, _holdsOthers) = ([.. Flatten(ranges)], holdsOthers);

    /// <summary>Whether a token is held; to be asked for tokens in their order.</summary>
    public bool Holds(int index)
    {
        while (_next < _ranges.Count && _ranges[_next].End < index)
            _next++;
        return _next < _ranges.Count && _ranges[_next].Start <= index ? _ranges[_next].IsHeld : _holdsOthers;
    }

    private static IEnumerable<(int Start, int End, bool IsHeld)> Flatten(IEnumerable<(int Start, int End, bool IsHeld)> ranges)
    {
        var open = new Stack<(int Start, int End, bool IsHeld)>();
        int at = 0;
        foreach (var range in ranges)
        {
            while (open.TryPeek(out var outer) && outer.End < range.Start)
            {
                open.Pop();
                if (at <= outer.End)
                    yield return (at, outer.End, outer.IsHeld);
                at = Math.Max(at, outer.End + 1);
            }

            if (open.TryPeek(out var around) && at < range.Start)
                yield return (at, range.Start - 1, around.IsHeld);
            at = range.Start;
            open.Push(range);
        }

        while (open.TryPop(out var last))
        {
            if (at <= last.End)
                yield return (at, last.End, last.IsHeld);
            at = Math.Max(at, last.End + 1);
        }
    }
}
